// Validates PDF files with the veraPDF library. Run by the JavaScript shell that is in the same jar
// (the library needs it for its rules), so that a plain Java runtime is enough:
//
//     java -cp JAR org.mozilla.javascript.tools.shell.Main validate.js FLAVOURS FILE...
//
// FLAVOURS are profile names joined by commas, as PDFA-3A,PDFUA-1. Prints one JSON object a line:
// {file, flavour, compliant, failures: [{clause, test, message, count}]} or {file, flavour, error}.

importClass(java.io.File);
importPackage(Packages.org.verapdf.pdfa);
importPackage(Packages.org.verapdf.pdfa.flavours);
importPackage(Packages.org.verapdf.pdfa.validation.profiles);
importPackage(Packages.org.verapdf.pdfa.validation.validators);

const MAX_MESSAGES = 100;

// The jar has no JAXB implementation, so the profile is read here element by element.
function readProfile(name) {
    const stream = PDFAFlavour.NO_FLAVOUR.getClass()
        .getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml");
    const root = javax.xml.parsers.DocumentBuilderFactory.newInstance()
        .newDocumentBuilder().parse(stream).getDocumentElement();
    const details = first(root, "details");
    return Profiles.profileFromValues(
        PDFAFlavour.valueOf(root.getAttribute("flavour")),
        Profiles.profileDetailsFromValues(
            text(details, "name"), text(details, "description"),
            details.getAttribute("creator"), new java.util.Date(0)),
        "", readRules(root), readVariables(root));
}

function readRules(root) {
    const rules = new java.util.HashSet();
    each(root, "rule", function (rule) {
        const id = first(rule, "id");
        const error = first(rule, "error");
        const ruleId = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), java.lang.Integer.parseInt(id.getAttribute("testNumber")));
        const deferred = rule.getAttribute("deferred") == "true";
        rules.add(Profiles.ruleFromValues(
            ruleId, rule.getAttribute("object"), java.lang.Boolean.valueOf(deferred),
            rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(error, "message"), readArguments(error)),
            new java.util.ArrayList()));
    });
    return rules;
}

function readArguments(error) {
    const found = new java.util.ArrayList();
    each(error, "argument", function (argument) {
        found.add(ErrorArgumentImpl.fromValues(
            argument.getTextContent(), argument.getAttribute("name"), null));
    });
    return found;
}

function readVariables(root) {
    const variables = new java.util.HashSet();
    each(root, "variable", function (variable) {
        variables.add(Profiles.variableFromValues(
            variable.getAttribute("name"), variable.getAttribute("object"),
            text(variable, "defaultValue"), text(variable, "value")));
    });
    return variables;
}

function each(element, tag, visit) {
    const nodes = element.getElementsByTagName(tag);
    for (let i = 0; i < nodes.getLength(); i++) visit(nodes.item(i));
}

function first(element, tag) {
    return element.getElementsByTagName(tag).item(0);
}

function text(element, tag) {
    const found = first(element, tag);
    return found === null ? "" : found.getTextContent();
}

function validate(file, profile) {
    const parser = Foundries.defaultInstance().createParser(
        new File(file), profile.getPDFAFlavour());
    try {
        const validator = ValidatorFactory.createValidator(
            profile, MAX_MESSAGES, false, true, false);
        const result = validator.validate(parser);
        return {compliant: Boolean(result.isCompliant()), failures: failures(result, profile)};
    } finally {
        parser.close();
    }
}

function failures(result, profile) {
    const found = [];
    const entries = result.getFailedChecks().entrySet().iterator();
    while (entries.hasNext()) {
        // `let`, because this engine binds a `const` in a loop only once.
        let entry = entries.next();
        let rule = entry.getKey();
        found.push({
            clause: String(rule.getClause()),
            test: Number(rule.getTestNumber()),
            message: String(profile.getRuleByRuleId(rule).getDescription()),
            count: Number(entry.getValue()),
        });
    }
    return found;
}

function main(args) {
    Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
    const names = args[0].split(",");
    const profiles = names.map(readProfile);
    args.slice(1).forEach(function (file) {
        profiles.forEach(function (profile, index) {
            let outcome;
            try {
                outcome = validate(file, profile);
            } catch (error) {
                outcome = {error: String(error)};
            }
            outcome.file = file;
            outcome.flavour = names[index];
            print(JSON.stringify(outcome));
        });
    });
}

main(Array.prototype.slice.call(arguments));
