// After a form came back with errors, the summary gets the focus: it is read out, and its links lead to the fields.
const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();
