package dev.konomi.taste;

import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.door.People;
import dev.konomi.door.Problem;
import dev.konomi.history.Histories;
import dev.konomi.history.History;
import dev.konomi.history.Observation;
import dev.konomi.item.ContentDigest;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemContent;
import dev.konomi.item.ItemReference;
import dev.konomi.item.Items;
import dev.konomi.taste.ItemVectorCache.ItemVector;
import dev.konomi.token.TokenCard;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Answers `score`: gathers what the question needs, lets [Scorer] or [Popularity] rank, and keeps
/// the decision. Computes and waits on the calling thread.
@ApplicationScoped
class Scores {
    private final People people;
    private final Histories histories;
    private final Items items;
    private final LiveModel live;
    private final Vectors vectors;
    private final Tastes tastes;
    private final Popularity popularity;
    private final Decisions decisions;
    private final ConceptWords words;
    private final Likes likes;
    private final MeterRegistry metrics;

    Scores(
            People people,
            Histories histories,
            Items items,
            LiveModel live,
            Vectors vectors,
            Tastes tastes,
            Popularity popularity,
            Decisions decisions,
            ConceptWords words,
            Likes likes,
            MeterRegistry metrics) {
        this.people = people;
        this.histories = histories;
        this.items = items;
        this.live = live;
        this.vectors = vectors;
        this.tastes = tastes;
        this.popularity = popularity;
        this.decisions = decisions;
        this.words = words;
        this.likes = likes;
        this.metrics = metrics;
    }

    /// Everything a question names, looked up.
    private record Question(
            String tenant,
            long person,
            History history,
            Optional<TasteState> last,
            List<ScoreAnswer.Item> candidates,
            Map<String, ItemContent> inline,
            boolean explain,
            boolean thumbnails) {}

    /// What ranking gave, before it has a decision's name.
    private record Ranking(
            String source,
            @Nullable String release,
            int historyUsed,
            boolean coldStart,
            List<ScoreAnswer.Ranked> ranked,
            List<ScoreAnswer.Pending> pending,
            @Nullable List<ScoreAnswer.Like> likes) {}

    /// @param caller whose person and items
    /// @param request the question
    /// @return the answer
    Outcome<ScoreAnswer> answer(Caller caller, ScoreRequest request) {
        Timer.Sample started = Timer.start(metrics);
        return switch (question(caller.tenant(), request)) {
            case Outcome.Refused<Question>(Problem problem) -> Outcome.refused(problem);
            case Outcome.Answered<Question>(Question question) ->
                switch (ranking(question)) {
                    case Outcome.Refused<Ranking>(Problem problem) -> Outcome.refused(problem);
                    case Outcome.Answered<Ranking>(Ranking ranking) -> {
                        ScoreAnswer answer = kept(question, ranking);
                        started.stop(metrics.timer("konomi.score", "source", ranking.source()));
                        yield Outcome.of(answer);
                    }
                };
        };
    }

    private Outcome<Question> question(String tenant, ScoreRequest request) {
        Set<String> keys = new LinkedHashSet<>();
        for (ItemReference candidate : request.candidates()) {
            if (candidate instanceof ItemReference.ByKey(String key)) {
                keys.add(key);
            }
        }
        record Person(long id, History history, Optional<TasteState> last) {}
        var found = Uni.combine()
                .all()
                .unis(
                        people.idsOf(tenant, List.of(request.user()))
                                .map(ids -> Objects.requireNonNull(ids.get(request.user())))
                                .flatMap(id -> Uni.combine()
                                        .all()
                                        .unis(histories.of(tenant, id), tastes.last(tenant, id))
                                        .with((history, last) -> new Person(id, history, last))),
                        items.digests(tenant, keys))
                .asTuple()
                .await()
                .indefinitely();
        List<ScoreAnswer.Item> candidates = new ArrayList<>(request.candidates().size());
        Map<String, ItemContent> inline = new HashMap<>();
        for (int i = 0; i < request.candidates().size(); i++) {
            switch (request.candidates().get(i)) {
                case ItemReference.ByKey(String key) -> {
                    String digest = found.getItem2().get(key);
                    if (digest == null) {
                        return Outcome.refused(Problem.invalid(
                                "candidates[" + i + "].key",
                                "There is no item \"" + key + "\": put it first with put-items."));
                    }
                    candidates.add(new ScoreAnswer.Item(key, digest));
                }
                case ItemReference.Inline(ItemContent content) -> {
                    String digest = ContentDigest.of(content);
                    candidates.add(new ScoreAnswer.Item(null, digest));
                    inline.put(digest, content);
                }
            }
        }
        Person person = found.getItem1();
        return Outcome.of(new Question(
                tenant,
                person.id(),
                person.history(),
                person.last(),
                candidates,
                inline,
                request.explains(),
                request.shows()));
    }

    private Outcome<Ranking> ranking(Question question) {
        try {
            Optional<LiveModel.Lease> leased = live.lease(question.tenant());
            if (leased.isEmpty()) {
                return Outcome.of(byPopularity(question));
            }
            try (LiveModel.Lease lease = leased.get()) {
                return byRelease(question, lease.release());
            }
        } catch (LiveModel.Unreachable unreachable) {
            return Outcome.refused(
                    Problem.unavailable("The current release could not be loaded: ask again in a few seconds."));
        }
    }

    private Ranking byPopularity(Question question) {
        Map<String, Popularity.Votes> votes = popularity
                .votes(
                        question.tenant(),
                        question.candidates().stream()
                                .map(ScoreAnswer.Item::digest)
                                .distinct()
                                .toList())
                .await()
                .indefinitely();
        List<ScoreAnswer.Item> candidates = question.candidates();
        List<ScoreAnswer.Ranked> ranked = IntStream.range(0, candidates.size())
                .mapToObj(i -> new ScoreAnswer.Ranked(
                        i,
                        candidates.get(i),
                        votes.getOrDefault(candidates.get(i).digest(), Popularity.Votes.NONE)
                                .score(),
                        null,
                        null,
                        null))
                .sorted(Comparator.comparingDouble(ScoreAnswer.Ranked::score)
                        .reversed()
                        .thenComparingInt(ScoreAnswer.Ranked::candidate))
                .toList();
        return new Ranking(ScoreAnswer.POPULARITY, null, 0, true, ranked, List.of(), null);
    }

    private Outcome<Ranking> byRelease(Question question, LoadedRelease release) {
        // Reasons need the history's vectors, an answer does not.
        Optional<Known> before = question.explain()
                ? Optional.empty()
                : question.last().flatMap(last -> last.of(release.digest(), question.history()));
        Set<String> wanted = new LinkedHashSet<>();
        question.candidates().forEach(item -> wanted.add(item.digest()));
        if (before.isEmpty()) {
            wanted.addAll(question.history().items().reversed());
        }
        Vectors.Found found = vectors.of(release, question.tenant(), wanted, question.inline(), question.explain());
        List<Integer> places = new ArrayList<>();
        List<ScoreAnswer.Pending> pending = new ArrayList<>();
        for (int i = 0; i < question.candidates().size(); i++) {
            ScoreAnswer.Item item = question.candidates().get(i);
            String refusal = found.refused().get(item.digest());
            if (found.vectors().containsKey(item.digest())) {
                places.add(i);
            } else if (refusal != null && item.key() == null) {
                return Outcome.refused(Problem.invalid("candidates[" + i + "].image", refusal));
            } else {
                pending.add(new ScoreAnswer.Pending(
                        i,
                        item,
                        refusal != null ? refusal : "It is not encoded yet: call encode-items, then ask again."));
            }
        }
        Known known = before.orElseGet(() -> tastes.of(
                release, question.tenant(), question.person(), question.history(), found.vectors(), question.last()));
        List<Scorer.Ranked> ranked = ranked(question, release, known, places, found);
        Map<String, ScoreAnswer.Like> shown = question.explain()
                ? likes.shown(question.tenant(), named(known.history(), ranked), question.thumbnails())
                : Map.of();
        return Outcome.of(new Ranking(
                ScoreAnswer.RELEASE,
                release.digest(),
                known.events(),
                known.isColdStart(),
                answers(question, release, known, places, ranked, shown),
                pending,
                question.explain() ? List.copyOf(shown.values()) : null));
    }

    private List<Scorer.Ranked> ranked(
            Question question, LoadedRelease release, Known known, List<Integer> places, Vectors.Found found) {
        Map<String, ItemVector> vectors = found.vectors();
        List<String> digests = places.stream()
                .map(place -> question.candidates().get(place).digest())
                .toList();
        float[] offsets = release.offsets(digests);
        List<String> history = known.history().items();
        Scorer.Evidence reasons = question.explain()
                ? new Scorer.Evidence(
                        ItemVectorCache.inOrder(history, vectors).with(release.offsets(history)),
                        encodings(history, found),
                        encodings(digests, found),
                        words.concepts())
                : null;
        return new Scorer(release.model(), release.sample(), release.calibration())
                .rank(known, ItemVectorCache.inOrder(digests, vectors), offsets, reasons);
    }

    /// @return digests of the items that explanations name, those of the best candidates first
    private static Set<String> named(History history, List<Scorer.Ranked> ranked) {
        Set<String> named = new LinkedHashSet<>();
        for (Scorer.Ranked one : ranked) {
            Explanation explanation = one.explanation();
            if (explanation != null) {
                explanation.because().forEach(reason -> named.add(liked(history, reason)));
            }
        }
        return named;
    }

    private static String liked(History history, Explanation.Reason reason) {
        return history.items()
                .get(history.observations().get(reason.observation()).likedItem());
    }

    private static List<ScoreAnswer.Ranked> answers(
            Question question,
            LoadedRelease release,
            Known known,
            List<Integer> places,
            List<Scorer.Ranked> ranked,
            Map<String, ScoreAnswer.Like> shown) {
        return ranked.stream()
                .map(one -> {
                    int candidate = places.get(one.candidate());
                    Explanation explanation = one.explanation();
                    return new ScoreAnswer.Ranked(
                            candidate,
                            question.candidates().get(candidate),
                            one.score(),
                            one.probability(),
                            one.interval(),
                            explanation == null ? null : why(explanation, release, known, shown));
                })
                .toList();
    }

    private static List<@Nullable Encoding> encodings(List<String> digests, Vectors.Found found) {
        List<@Nullable Encoding> encodings = new ArrayList<>(digests.size());
        digests.forEach(digest -> encodings.add(found.encodings().get(digest)));
        return encodings;
    }

    private static ScoreAnswer.Why why(
            Explanation explanation, LoadedRelease release, Known known, Map<String, ScoreAnswer.Like> shown) {
        return new ScoreAnswer.Why(
                explanation.own(),
                explanation.tokens().stream().map(part -> token(release, part)).toList(),
                explanation.appeal(),
                explanation.offset(),
                !explanation.because().isEmpty(),
                explanation.because().stream()
                        .map(reason -> reason(known.history(), reason, shown))
                        .toList(),
                new ScoreAnswer.Remaining(
                        explanation.remaining().count(), explanation.remaining().change()));
    }

    private static ScoreAnswer.TokenPart token(LoadedRelease release, Explanation.TokenPart part) {
        if (release.tokens() == null) {
            return new ScoreAnswer.TokenPart("token-" + part.token(), null, part.value());
        }
        TokenCard card = release.tokens().tokens().get(part.token());
        return new ScoreAnswer.TokenPart(card.id(), card.name(), part.value());
    }

    private static ScoreAnswer.Reason reason(
            History history, Explanation.Reason reason, Map<String, ScoreAnswer.Like> shown) {
        Observation observation = history.observations().get(reason.observation());
        String digest = liked(history, reason);
        ScoreAnswer.Like like = shown.get(digest);
        String says = switch (observation) {
            case Observation.Choice choice -> "chosen";
            case Observation.Opinion opinion -> "liked";
        };
        return new ScoreAnswer.Reason(
                history.events().get(reason.observation()),
                says,
                like == null ? new ScoreAnswer.Item(null, digest) : like.item(),
                reason.change(),
                reason.inCommon(),
                reason.words().stream()
                        .map(word -> new ScoreAnswer.Word(
                                word.concept().id(),
                                new TokenCard.Name(
                                        word.concept().en(), word.concept().ja()),
                                word.worth()))
                        .toList());
    }

    private ScoreAnswer kept(Question question, Ranking ranking) {
        String decision = decisions
                .keep(question.tenant(), question.person(), "score", ranking.release(), ranking.ranked())
                .await()
                .indefinitely();
        return new ScoreAnswer(
                decision,
                ranking.source(),
                ranking.release(),
                ranking.historyUsed(),
                ranking.coldStart(),
                ranking.ranked(),
                ranking.pending(),
                ranking.likes());
    }
}
