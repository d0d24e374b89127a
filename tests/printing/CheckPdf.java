import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says of each file how many rules of PDF/UA-1 were tried, and each one that it breaks. */
public class CheckPdf {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), PDFAFlavour.PDFUA_1)) {
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false);
                report(file, validator.validate(parser));
            }
        }
    }

    private static void report(String file, ValidationResult result) {
        System.out.println(file + "\t" + (result.isCompliant() ? "compliant" : "broken") + "\t" + result.getTotalAssertions());
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                System.out.println("\t" + assertion.getRuleId().getClause() + " " + assertion.getMessage());
            }
        }
    }
}
