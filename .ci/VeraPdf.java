// Checks PDF files against PDF/UA-1 and PDF/A-2a, those of data against PDF/A-3a, with veraPDF's library. One argument a file.
// Prints each failed rule with where it fails first; exit code 1 when any file fails.
//
// The jar at hand leaves out the XML binding that veraPDF reads its own profile with, so the
// profile is read here with the parser of the JDK. A rule count guards against a profile half read.

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class VeraPdf {
    static final int LEAST_RULES = 100;
    static final String DATA = ".data.pdf";

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        boolean passed = files.length > 0;
        passed &= check(files, PDFAFlavour.PDFUA_1, PDFAFlavour.Specification.ISO_14289_1, "PDFUA-1");
        // A file with data attached claims part 3, which allows that; part 2 does not.
        String[] plain = Arrays.stream(files).filter(file -> !file.endsWith(DATA)).toArray(String[]::new);
        String[] data = Arrays.stream(files).filter(file -> file.endsWith(DATA)).toArray(String[]::new);
        passed &= check(plain, PDFAFlavour.PDFA_2_A, PDFAFlavour.Specification.ISO_19005_2, "PDFA-2A");
        passed &= check(data, PDFAFlavour.PDFA_3_A, PDFAFlavour.Specification.ISO_19005_3, "PDFA-3A");
        System.exit(passed ? 0 : 1);
    }

    static boolean check(String[] files, PDFAFlavour flavour, PDFAFlavour.Specification specification, String name)
            throws Exception {
        ValidationProfile profile = profile(flavour, specification, name);
        boolean passed = true;
        for (String file : files) {
            try (FileInputStream in = new FileInputStream(file);
                    PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                    PDFAValidator validator = ValidatorFactory.createValidator(profile, false)) {
                ValidationResult result = validator.validate(parser);
                Map<String, TestAssertion> failed = new LinkedHashMap<>();
                for (TestAssertion assertion : result.getTestAssertions()) {
                    if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                        failed.putIfAbsent(rule, assertion);
                    }
                }
                boolean ok = result.isCompliant() && result.getTotalAssertions() > 0;
                System.out.println((ok ? "passed " : "FAILED ") + name + " " + file + ": "
                        + result.getTotalAssertions() + " checks of " + profile.getRules().size() + " rules");
                failed.forEach((rule, assertion) -> System.out.println(
                        "  " + rule + ": " + assertion.getMessage() + " at " + assertion.getLocation().getContext()));
                passed &= ok;
            }
        }
        return passed;
    }

    static ValidationProfile profile(PDFAFlavour flavour, PDFAFlavour.Specification specification, String name)
            throws Exception {
        Element root;
        try (InputStream in = VeraPdf.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : children(root, "rule")) {
            Element id = children(rule, "id").get(0);
            List<org.verapdf.pdfa.validation.profiles.ErrorArgument> none = new ArrayList<>();
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(
                            specification,
                            id.getAttribute("clause"),
                            Integer.parseInt(id.getAttribute("testNumber"))),
                    rule.getAttribute("object"),
                    rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                    rule.getAttribute("tags"),
                    text(rule, "description"),
                    text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), none),
                    new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : children(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        if (rules.size() < LEAST_RULES) {
            throw new IllegalStateException("only " + rules.size() + " rules were read");
        }
        return Profiles.profileFromValues(
                flavour,
                Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)),
                "",
                rules,
                variables);
    }

    static List<Element> children(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> list = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            list.add((Element) found.item(i));
        }
        return list;
    }

    static String text(Element parent, String name) {
        return children(parent, name).get(0).getTextContent();
    }
}
