package dev.konomi.taste;

import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.door.People;
import dev.konomi.door.Problem;
import dev.konomi.history.Histories;
import dev.konomi.history.History;
import dev.konomi.history.Observation;
import dev.konomi.item.Encoding;
import dev.konomi.token.TokenBook;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the current release makes of a person. Computes and waits on the calling thread.
@ApplicationScoped
public class Readings {
    private final People people;
    private final Histories histories;
    private final LiveModel live;
    private final Vectors vectors;
    private final Tastes tastes;

    Readings(People people, Histories histories, LiveModel live, Vectors vectors, Tastes tastes) {
        this.people = people;
        this.histories = histories;
        this.live = live;
        this.vectors = vectors;
        this.tastes = tastes;
    }

    /// A release and a person, to be used while the release is held.
    public final class Reading {
        private final LoadedRelease release;
        private final String tenant;
        private final Known known;

        private Reading(LoadedRelease release, String tenant, Known known) {
            this.release = release;
            this.tenant = tenant;
            this.known = known;
        }

        /// @return the release's digest
        public String release() {
            return release.digest();
        }

        /// @return the release's model; not to be closed
        public TasteModel model() {
            return release.model();
        }

        /// @return the release's `T`
        public double temperature() {
            return release.calibration().temperature();
        }

        /// @return the release's tokens, or null where they have no names
        public @Nullable TokenBook tokens() {
            return release.tokens();
        }

        /// @return the person's taste
        public Taste taste() {
            return known.taste();
        }

        /// @return of somebody without a history
        public Taste nobody() {
            return release.model().taste(ItemVectorCache.inOrder(List.of(), Map.of()), List.of());
        }

        /// @return how many of the person's events were read
        public int historyUsed() {
            return known.events();
        }

        /// @return whether there are so few that the groups' shares of all people answer
        public boolean coldStart() {
            return known.isColdStart();
        }

        Known known() {
            return known;
        }

        /// @return what the person liked and what they did not, as far as it is encoded
        public Judged judged() {
            History history = known.history();
            Map<String, Encoding> found =
                    vectors.of(release, tenant, history.items(), Map.of(), true).encodings();
            return new Judged(
                    encodings(history, found, Observation::likedItem),
                    encodings(history, found, Reading::dislikedItem));
        }

        private static List<Encoding> encodings(
                History history, Map<String, Encoding> found, Function<Observation, Integer> item) {
            return history.observations().stream()
                    .map(item)
                    .filter(place -> place >= 0)
                    .map(place -> found.get(history.items().get(place)))
                    .filter(Objects::nonNull)
                    .toList();
        }

        private static int dislikedItem(Observation observation) {
            return switch (observation) {
                case Observation.Choice choice -> choice.rejected();
                case Observation.Opinion opinion -> opinion.liked() ? -1 : opinion.item();
            };
        }
    }

    /// Encodings of what a person judged, oldest first, an item as often as it was judged.
    ///
    /// @param likes what they liked, or chose
    /// @param dislikes what they disliked, or chose something else over
    public record Judged(List<Encoding> likes, List<Encoding> dislikes) {}

    /// @param caller whose person
    /// @param user the app's name for the person; need not be known yet
    /// @param answer from the release and the person
    /// @param without the answer where no release is published
    /// @return the answer
    public <R> Outcome<R> read(Caller caller, String user, Function<Reading, R> answer, Supplier<R> without) {
        try {
            Optional<LiveModel.Lease> leased = live.lease(caller.tenant());
            if (leased.isEmpty()) {
                return Outcome.of(without.get());
            }
            try (LiveModel.Lease lease = leased.get()) {
                String tenant = caller.tenant();
                Known known = known(tenant, user, lease.release());
                return Outcome.of(answer.apply(new Reading(lease.release(), tenant, known)));
            }
        } catch (LiveModel.Unreachable unreachable) {
            return Outcome.refused(
                    Problem.unavailable("The current release could not be loaded: ask again in a few seconds."));
        }
    }

    private Known known(String tenant, String user, LoadedRelease release) {
        Long person = people.find(tenant, user).await().indefinitely().orElse(null);
        if (person == null) {
            return tastes.of(release, tenant, null, History.NONE, Map.of(), Optional.empty());
        }
        var found = Uni.combine()
                .all()
                .unis(histories.of(tenant, person), tastes.last(tenant, person))
                .asTuple()
                .await()
                .indefinitely();
        History history = found.getItem1();
        Optional<TasteState> last = found.getItem2();
        return last.flatMap(state -> state.of(release.digest(), history))
                .orElseGet(() -> tastes.of(
                        release,
                        tenant,
                        person,
                        history,
                        vectors.of(release, tenant, history.items().reversed(), Map.of(), false)
                                .vectors(),
                        last));
    }
}
