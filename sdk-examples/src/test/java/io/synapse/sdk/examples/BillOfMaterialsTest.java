package io.synapse.sdk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The bill of materials names every module that is published, in the version of the project, and nothing else. */
class BillOfMaterialsTest {
    private static final Path ROOT = Path.of("..");
    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency/";

    private final Document project = read(ROOT.resolve("pom.xml"));
    private final Document materials = read(ROOT.resolve("sdk-bom/pom.xml"));

    @Test
    void namesWhatIsPublished() {
        List<String> published = texts(project, "/project/modules/module").stream()
                .filter(module -> !module.equals("sdk-bom"))
                .filter(BillOfMaterialsTest::isPublished)
                .toList();

        assertThat(published).contains("sdk-core");
        assertThat(texts(materials, MANAGED + "artifactId")).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void hasTheVersionOfTheProject() {
        assertThat(texts(materials, "/project/version")).isEqualTo(texts(project, "/project/version"));
        assertThat(texts(materials, MANAGED + "version")).containsOnly("${project.version}");
    }

    /** An import takes over everything that is managed there, by a parent too. */
    @Test
    void managesNothingElse() {
        assertThat(texts(materials, MANAGED + "groupId")).containsOnly("io.synapse");
        assertThat(texts(materials, "//parent | //scope | //exclusions")).isEmpty();
    }

    private static boolean isPublished(String module) {
        return !texts(read(ROOT.resolve(module).resolve("pom.xml")), "/project/properties/maven.deploy.skip")
                .contains("true");
    }

    private static Document read(Path pom) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        } catch (Exception e) {
            throw new AssertionError(pom + " cannot be read", e);
        }
    }

    private static List<String> texts(Document pom, String path) {
        try {
            XPath xpath = XPathFactory.newInstance().newXPath();
            NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                texts.add(nodes.item(i).getTextContent().strip());
            }
            return texts;
        } catch (Exception e) {
            throw new AssertionError(path + " cannot be evaluated", e);
        }
    }
}
