package dev.konomi.token;

import dev.konomi.token.Lexicon.Entry;
import dev.konomi.token.Lexicon.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Names preference tokens by the concepts that their people like and dislike, in English and Japanese.
///
/// What a group likes is read off its scores of the catalogue's items; what an item is about is read off its texts
/// and tags and nothing else. For a token with scores `s_z = p_m·g(z)`, centred and scaled to standard deviation 1
/// over the items that have a text, a concept's *effect* is the difference of mean scores between items that name it
/// and items that do not (the point-biserial contrast), with standard error `sd·√(1/n₁ + 1/n₀)`. Concepts are chosen
/// one after the other by the 95 % confidence bound of the effect that is nearer to zero, which keeps rare words
/// humble; after each choice its share is taken out of the scores, so that words that go together are not counted
/// twice. A concept counts when its effect passes a two-sided test at 5 % for all concepts together
/// (`z ≥ √(2·ln(C/0.05))`, Bonferroni with the Gaussian tail's bound) and is at least 0.15.
///
/// A name has up to three liked concepts, one of a kind before two, and those that few other tokens share before
/// those that many do. Tokens of which nothing is known are called `Taste 7` · `好み7` by their place.
///
/// Where texts have words that the lexicon lacks, the frequent ones are concepts of their own. Safe for use by many
/// threads at once; the same input always gives the same names.
public final class TokenNaming {
    private static final int NAME_WORDS = 3;
    private static final int MOST_LIKED = 8;
    private static final int MOST_DISLIKED = 4;
    private static final int TYPICAL_ITEMS = 8;
    /// Items among which the typical ones are chosen so that they differ.
    private static final int TYPICAL_POOL = 80;
    private static final int MOST_UNKNOWN_WORDS = 500;
    private static final int FEWEST_ITEMS_PER_CONCEPT = 4;
    private static final double SMALLEST_EFFECT = 0.15;
    private static final double FALSE_ALARMS = 0.05;
    private static final double BOUND = 1.96;

    private final Lexicon lexicon;

    /// Names with the lexicon that ships with Konomi.
    public TokenNaming() {
        this(Lexicon.shipped());
    }

    TokenNaming(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /// An item of the catalogue.
    ///
    /// @param digest its content digest
    /// @param texts its text and tags, in English or Japanese; none for an image by itself
    /// @param features g(z) under the tokens' release, `[G]`
    public record Item(String digest, List<String> texts, float[] features) {
        public Item {
            texts = List.copyOf(texts);
        }
    }

    /// Writes the book of a release's tokens.
    ///
    /// @param vectors p_m, `[M, G]`
    /// @param priors π_m, `[M]`, adding up to 1
    /// @param people `[M]`: how many people of the training data each token explains
    /// @param catalogue items people may see; the first of several with one digest counts
    /// @return the tokens in the order given, with ids of their own and different names
    /// @throws IllegalArgumentException when numbers of tokens or widths differ
    public TokenBook book(float[][] vectors, double[] priors, int[] people, List<Item> catalogue) {
        int count = vectors.length;
        if (priors.length != count || people.length != count) {
            throw new IllegalArgumentException("There are " + count + " vectors, " + priors.length + " priors and "
                    + people.length + " counts of people: give as many of each.");
        }
        List<Item> items = distinct(catalogue);
        for (Item item : items) {
            for (float[] vector : vectors) {
                if (vector.length != item.features().length) {
                    throw new IllegalArgumentException("Item " + item.digest() + " has " + item.features().length
                            + " features and a token " + vector.length + ": give both of the same release.");
                }
            }
        }
        Concepts concepts = Concepts.of(lexicon, items);
        List<List<Finding>> findings = new ArrayList<>(count);
        float[][] scores = new float[count][];
        for (int m = 0; m < count; m++) {
            scores[m] = scores(vectors[m], items);
            findings.add(concepts.findings(scores[m]));
        }
        TokenCard.Name[] names = names(priors, findings);
        Set<String> ids = new HashSet<>();
        List<TokenCard> cards = new ArrayList<>(count);
        for (int m = 0; m < count; m++) {
            String id = TokenCard.idOf(vectors[m]);
            cards.add(new TokenCard(
                    ids.add(id) ? id : id + "x" + m,
                    priors[m],
                    vectors[m],
                    names[m],
                    words(findings.get(m)),
                    typical(scores[m], items),
                    people[m]));
        }
        return new TokenBook(cards);
    }

    private static List<Item> distinct(List<Item> catalogue) {
        Map<String, Item> byDigest = new LinkedHashMap<>();
        catalogue.forEach(item -> byDigest.putIfAbsent(item.digest(), item));
        return List.copyOf(byDigest.values());
    }

    private static float[] scores(float[] vector, List<Item> items) {
        float[] scores = new float[items.size()];
        for (int z = 0; z < scores.length; z++) {
            scores[z] = dot(vector, items.get(z).features());
        }
        return scores;
    }

    private static List<TokenCard.Concept> words(List<Finding> findings) {
        List<Finding> liked =
                findings.stream().filter(Finding::liked).limit(MOST_LIKED).toList();
        List<Finding> disliked = findings.stream()
                .filter(finding -> !finding.liked())
                .limit(MOST_DISLIKED)
                .toList();
        List<TokenCard.Concept> words = new ArrayList<>();
        for (List<Finding> some : List.of(liked, disliked)) {
            for (Finding finding : some) {
                Entry entry = finding.entry();
                words.add(new TokenCard.Concept(
                        entry.id(), entry.en(), entry.ja(), Math.round(finding.effect() * 1000) / 1000.0));
            }
        }
        return words;
    }

    /// A concept that a token's scores depend on.
    ///
    /// @param entry the concept
    /// @param effect difference of mean scores with and without it, in standard deviations
    /// @param bound the end of the effect's 95 % interval that is nearer to zero, as a distance from it
    private record Finding(Entry entry, double effect, double bound) {
        boolean liked() {
            return effect > 0;
        }
    }

    /// Which items name which concepts.
    private record Concepts(List<Entry> entries, int[][] items, int[] withText) {
        static Concepts of(Lexicon lexicon, List<Item> items) {
            Map<Entry, List<Integer>> known = new LinkedHashMap<>();
            lexicon.entries().forEach(entry -> known.put(entry, new ArrayList<>()));
            Map<String, List<Integer>> unknown = new TreeMap<>();
            List<Integer> withText = new ArrayList<>();
            for (int z = 0; z < items.size(); z++) {
                String text = String.join("\n", items.get(z).texts());
                if (text.isBlank()) {
                    continue;
                }
                int place = withText.size();
                withText.add(z);
                Lexicon.Reading reading = lexicon.read(text);
                reading.concepts().forEach(entry -> placesOf(known, entry).add(place));
                reading.unknown()
                        .forEach(word -> unknown.computeIfAbsent(word, fresh -> new ArrayList<>())
                                .add(place));
            }
            int frequent = Math.max(FEWEST_ITEMS_PER_CONCEPT, withText.size() / 200);
            unknown.entrySet().stream()
                    .filter(word -> word.getValue().size() >= frequent)
                    .sorted(Comparator.comparingInt((Map.Entry<String, List<Integer>> word) ->
                                    -word.getValue().size())
                            .thenComparing(Map.Entry::getKey))
                    .limit(MOST_UNKNOWN_WORDS)
                    .forEach(word -> known.put(
                            new Entry("word:" + word.getKey(), Kind.WORD, word.getKey(), word.getKey()),
                            word.getValue()));
            known.values()
                    .removeIf(places -> places.size() < FEWEST_ITEMS_PER_CONCEPT
                            || withText.size() - places.size() < FEWEST_ITEMS_PER_CONCEPT);
            return new Concepts(
                    List.copyOf(known.keySet()),
                    known.values().stream().map(Concepts::array).toArray(int[][]::new),
                    array(withText));
        }

        private static List<Integer> placesOf(Map<Entry, List<Integer>> known, Entry entry) {
            return known.computeIfAbsent(entry, fresh -> new ArrayList<>());
        }

        private static int[] array(List<Integer> numbers) {
            return numbers.stream().mapToInt(Integer::intValue).toArray();
        }

        /// @param scores a token's score of every item
        /// @return what it likes and dislikes, the surest first
        List<Finding> findings(float[] scores) {
            double[] rest = standardised(scores);
            double threshold = Math.sqrt(2 * Math.log(Math.max(1, entries.size()) / FALSE_ALARMS));
            boolean[] chosen = new boolean[entries.size()];
            List<Finding> findings = new ArrayList<>();
            long liked = 0;
            while (rest.length > 0 && (liked < MOST_LIKED || findings.size() - liked < MOST_DISLIKED)) {
                double square = Arrays.stream(rest).map(r -> r * r).sum();
                int best = -1;
                Finding found = null;
                for (int c = 0; c < entries.size(); c++) {
                    if (chosen[c]) {
                        continue;
                    }
                    Finding finding = finding(c, rest, square, threshold);
                    boolean full = finding.liked() ? liked >= MOST_LIKED : findings.size() - liked >= MOST_DISLIKED;
                    if (!full && finding.bound() > 0 && (found == null || finding.bound() > found.bound())) {
                        best = c;
                        found = finding;
                    }
                }
                if (found == null) {
                    break;
                }
                chosen[best] = true;
                findings.add(found);
                liked += found.liked() ? 1 : 0;
                takeOut(found.effect(), items[best], rest);
            }
            return findings;
        }

        private double[] standardised(float[] scores) {
            double mean = Arrays.stream(withText)
                    .mapToDouble(z -> scores[z])
                    .average()
                    .orElse(0);
            double sd = Math.sqrt(Arrays.stream(withText)
                    .mapToDouble(z -> (scores[z] - mean) * (scores[z] - mean))
                    .average()
                    .orElse(0));
            return sd > 1e-9
                    ? Arrays.stream(withText)
                            .mapToDouble(z -> (scores[z] - mean) / sd)
                            .toArray()
                    : new double[0];
        }

        /// @param rest centred scores
        /// @param square Σ rest²
        /// @return the concept's effect, with bound 0 when it does not count
        private Finding finding(int concept, double[] rest, double square, double threshold) {
            double with = 0;
            for (int place : items[concept]) {
                with += rest[place];
            }
            double n1 = items[concept].length;
            double n0 = rest.length - n1;
            double effect = with / n1 + with / n0;
            double within = Math.max(0, square - effect * effect * n1 * n0 / rest.length);
            double error = Math.sqrt(within / Math.max(1, rest.length - 2) * (1 / n1 + 1 / n0));
            double size = Math.abs(effect);
            boolean counts = size >= SMALLEST_EFFECT && size > threshold * error;
            return new Finding(entries.get(concept), effect, counts ? size - BOUND * error : 0);
        }

        private static void takeOut(double effect, int[] places, double[] rest) {
            double everywhere = effect * places.length / rest.length;
            for (int i = 0; i < rest.length; i++) {
                rest[i] += everywhere;
            }
            for (int place : places) {
                rest[place] -= effect;
            }
        }
    }

    /// The largest group chooses first; a name that is taken gets other words, then more words, then a number.
    private static TokenCard.Name[] names(double[] priors, List<List<Finding>> findings) {
        TokenCard.Name[] names = new TokenCard.Name[priors.length];
        Set<String> taken = new HashSet<>();
        IntStream.range(0, priors.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer m) -> -priors[m]).thenComparingInt(m -> m))
                .forEach(m -> names[m] = name(m, candidates(m, priors, findings), findings.get(m), taken));
        return names;
    }

    /// Liked concepts of a token in the order in which its name should have them.
    private static List<Entry> candidates(int token, double[] priors, List<List<Finding>> findings) {
        List<Finding> left =
                findings.get(token).stream().filter(Finding::liked).collect(Collectors.toCollection(ArrayList::new));
        Map<Kind, Integer> used = new EnumMap<>(Kind.class);
        List<Entry> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Finding best = left.getFirst();
            double strongest = -1;
            for (Finding finding : left) {
                double strength = finding.bound()
                        * Math.pow(0.5, used.getOrDefault(finding.entry().kind(), 0))
                        * (1 - 0.5 * shared(finding.entry(), token, priors, findings));
                if (strength > strongest) {
                    strongest = strength;
                    best = finding;
                }
            }
            left.remove(best);
            used.merge(best.entry().kind(), 1, Integer::sum);
            ordered.add(best.entry());
        }
        return ordered;
    }

    /// The share of other tokens' people who like a concept too.
    private static double shared(Entry entry, int token, double[] priors, List<List<Finding>> findings) {
        double all = 0;
        double sharing = 0;
        for (int m = 0; m < priors.length; m++) {
            if (m != token) {
                all += priors[m];
                boolean likes = findings.get(m).stream()
                        .anyMatch(finding -> finding.liked() && finding.entry().equals(entry));
                sharing += likes ? priors[m] : 0;
            }
        }
        return all > 0 ? sharing / all : 0;
    }

    private static TokenCard.Name name(int token, List<Entry> liked, List<Finding> findings, Set<String> taken) {
        List<TokenCard.Name> wishes = new ArrayList<>();
        int n = liked.size();
        if (n > 0) {
            wishes.add(joined(liked.subList(0, Math.min(NAME_WORDS, n))));
        }
        for (int third = NAME_WORDS; third < n; third++) {
            wishes.add(joined(List.of(liked.get(0), liked.get(1), liked.get(third))));
        }
        if (n > NAME_WORDS) {
            wishes.add(joined(liked.subList(0, NAME_WORDS + 1)));
        }
        List<Entry> disliked = findings.stream()
                .filter(finding -> !finding.liked())
                .map(Finding::entry)
                .toList();
        for (Entry entry : disliked) {
            if (n > 0) {
                TokenCard.Name plain = wishes.getFirst();
                wishes.add(
                        new TokenCard.Name(plain.en() + " · no " + entry.en(), plain.ja() + " · " + entry.ja() + "以外"));
            } else {
                wishes.add(new TokenCard.Name("no " + entry.en(), entry.ja() + "以外"));
            }
        }
        if (wishes.isEmpty()) {
            wishes.add(new TokenCard.Name("Taste " + (token + 1), "好み" + (token + 1)));
        }
        for (TokenCard.Name wish : wishes) {
            if (free(wish, taken)) {
                return wish;
            }
        }
        TokenCard.Name plain = wishes.getFirst();
        for (int number = 2; ; number++) {
            TokenCard.Name numbered =
                    new TokenCard.Name(plain.en() + " (" + number + ")", plain.ja() + "（" + number + "）");
            if (free(numbered, taken)) {
                return numbered;
            }
        }
    }

    private static TokenCard.Name joined(List<Entry> entries) {
        return new TokenCard.Name(
                entries.stream().map(Entry::en).collect(Collectors.joining(" · ")),
                entries.stream().map(Entry::ja).collect(Collectors.joining(" · ")));
    }

    /// Takes a name when no other token has it, whatever the order of its words.
    private static boolean free(TokenCard.Name name, Set<String> taken) {
        String en = "en " + Arrays.stream(name.en().split(" · ")).sorted().toList();
        String ja = "ja " + Arrays.stream(name.ja().split(" · ")).sorted().toList();
        if (taken.contains(en) || taken.contains(ja)) {
            return false;
        }
        taken.add(en);
        taken.add(ja);
        return true;
    }

    /// The items that a token scores highest, each as different as possible from those before it: maximal marginal
    /// relevance (Carbonell & Goldstein 1998) with equal weights and the features' cosine.
    private static List<String> typical(float[] scores, List<Item> items) {
        List<Integer> pool = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer z) -> -scores[z])
                        .thenComparing(z -> items.get(z).digest()))
                .limit(Math.min(TYPICAL_POOL, Math.max(TYPICAL_ITEMS, items.size() / 4)))
                .collect(Collectors.toCollection(ArrayList::new));
        if (pool.isEmpty()) {
            return List.of();
        }
        double highest = scores[pool.getFirst()];
        double range = Math.max(1e-9, highest - scores[pool.getLast()]);
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < TYPICAL_ITEMS && !pool.isEmpty()) {
            Integer best = pool.getFirst();
            double highestValue = Double.NEGATIVE_INFINITY;
            for (Integer z : pool) {
                double nearest = chosen.stream()
                        .mapToDouble(other ->
                                cosine(items.get(z).features(), items.get(other).features()))
                        .max()
                        .orElse(0);
                double value = (scores[z] - highest) / range - nearest;
                if (value > highestValue) {
                    highestValue = value;
                    best = z;
                }
            }
            pool.remove(best);
            chosen.add(best);
        }
        return chosen.stream().map(z -> items.get(z).digest()).toList();
    }

    private static double cosine(float[] a, float[] b) {
        double norms = Math.sqrt((double) dot(a, a) * dot(b, b));
        return norms > 0 ? dot(a, b) / norms : 0;
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
