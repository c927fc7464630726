package dev.konomi.cli.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatingsFileTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void twoImages() throws IOException {
        Files.createDirectories(folder.resolve("a.b"));
        Files.write(folder.resolve("a.b/one.jpg"), new byte[1]);
        Files.write(folder.resolve("two.png"), new byte[1]);
    }

    @Test
    void semicolonsQuotesAndAByteOrderMarkAreRead() throws IOException {
        Ratings read =
                read("\uFEFFuser;image;prompt;rating\n\"A; B\";two.png;\"a \"\"red\"\" house\";4,5\nC;two.png;;3\n", 1);

        assertEquals(1, read.skipped().size(), "4,5 is no number");
        assertEquals("C", read.people().getFirst());
    }

    @Test
    void anImageIsFoundByItsPathWithoutExtensionAndOnlyInsideTheFolder() throws IOException {
        Ratings read = read("""
                user,image,prompt,rating
                u,a.b/one.png,,1
                u,./two.png,,2
                u,two,,3
                u,../two.png,,4
                u,a.b/none.png,words,5
                """, 1);

        assertEquals(4, read.rows().size());
        assertEquals(1, read.skipped().size(), "what lies outside of the folder does not exist");
        assertEquals(folder.resolve("a.b/one.jpg"), read.items().getFirst().image());
        assertNull(read.items().getLast().image());
        assertEquals(1, read.textOnly());
    }

    @Test
    void ofTwoRatingsOfAnItemByAPersonTheLastCounts() throws IOException {
        Ratings read = read("user,image,prompt,rating\nu,two.png,,1\nu,two.png,,5\nv,two.png,,2\n", 0);

        assertEquals(2, read.rows().size());
        assertEquals(5, read.rows().getFirst().value());
    }

    @Test
    void aRowThatIsTooShortIsSkippedAndNamed() throws IOException {
        Ratings read = read("user,image,prompt,rating\nu,two.png\nu,two.png,,5\n,two.png,,5\n", 0.7);

        assertEquals(2, read.skipped().size());
        assertEquals("line 2: the rating \"\" is no number", read.skipped().getFirst());
        assertEquals("line 4: column \"user\" is empty", read.skipped().getLast());
        assertEquals(3, read.read());
    }

    private Ratings read(String csv, double tolerated) throws IOException {
        Path file = Files.writeString(folder.resolve("ratings.csv"), csv);
        return new RatingsFile(file, new RatingsFile.Columns("user", "image", "rating", "prompt", null), tolerated)
                .read(new ImageFolder(folder));
    }
}
