import pytest

from dkbm.cms import contrast

ACCENTS = ["#0b5a5e", "#1a3da5", "#8a1c4a", "#7a4b00", "#ffcc00", "#7fd4ff", "#ff8800", "#ffffff", "#000000"]


def test_contrast_of_black_and_white_is_21():
    assert contrast.contrast_ratio("#000", "#ffffff") == pytest.approx(21)


def test_contrast_of_the_grey_that_just_passes():
    assert contrast.contrast_ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_dark_accent_is_allowed_without_words():
    assert contrast.check_accent("#0B5A5E") == contrast.AccentDecision(True)


@pytest.mark.parametrize("text", ["", "teal", "#12", "#12345", "0b5a5e", "#0b5a5g", "#0b5a5e;}"])
def test_what_is_no_colour_is_refused_with_an_example(text):
    decision = contrast.check_accent(text)

    assert (decision.allowed, decision.proposal) == (False, "")
    assert "#0b5a5e" in decision.reason


def test_light_accent_is_refused_with_its_ratio_and_a_proposal():
    decision = contrast.check_accent("#ff8800")

    assert not decision.allowed
    assert "2,1 : 1, nötig sind 4,5 : 1" in decision.reason
    assert decision.proposal in decision.reason
    assert contrast.check_accent(decision.proposal).allowed


def test_ratio_just_below_is_not_rounded_up():
    assert "4,5 : 1, nötig" not in contrast.check_accent("#757575").reason


@pytest.mark.parametrize("accent", ["#ffcc00", "#7fd4ff", "#ff8800"])
def test_proposal_keeps_the_hue(accent):
    red, green, blue = contrast.to_rgb(contrast.check_accent(accent).proposal)
    before = contrast.to_rgb(accent)

    assert sorted(range(3), key=before.__getitem__) == sorted(range(3), key=(red, green, blue).__getitem__)


@pytest.mark.parametrize("accent", ACCENTS)
def test_derived_colours_can_be_read(accent):
    soft = contrast.soft_accent(accent)

    assert contrast.contrast_ratio(contrast.strong_accent(accent), soft) >= 7
    # Text and secondary text of tokens.css stand on the soft accent as well.
    assert contrast.contrast_ratio("#1b2330", soft) >= 7
    assert contrast.contrast_ratio("#4a5565", soft) >= 4.5


@pytest.mark.parametrize("accent", ACCENTS)
def test_derived_colours_can_be_read_in_the_dark_scheme(accent):
    accent = contrast.check_accent(accent).proposal or accent
    light, lightest = contrast.light_accent(accent), contrast.light_accent(accent, contrast.ENHANCED)

    for ground in ("#13171c", contrast.DARK_SURFACE, contrast.dark_soft_accent(accent)):
        assert contrast.contrast_ratio(light, ground) >= 4.5
        assert contrast.contrast_ratio(lightest, ground) >= 7
        # Text and secondary text of the dark scheme in tokens.css.
        assert contrast.contrast_ratio("#eef1f5", ground) >= 7
        assert contrast.contrast_ratio("#b4becb", ground) >= 4.5
    assert contrast.contrast_ratio("#10141a", light) >= 4.5
    assert contrast.contrast_ratio("#ffffff", contrast.deep_accent(accent)) >= 7
