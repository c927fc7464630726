package dev.konomi.guide;

import dev.konomi.door.Caller;
import dev.konomi.door.Outcome;
import dev.konomi.item.Encoding;
import dev.konomi.item.ItemEncoder;
import dev.konomi.taste.ConceptWords;
import dev.konomi.taste.Concepts;
import dev.konomi.taste.Readings;
import dev.konomi.token.TokenBook;
import dev.konomi.token.TokenCard;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers `guide`. Computes and waits on the calling thread.
@ApplicationScoped
class Guides {
    private final Readings readings;
    private final ItemEncoder encoder;
    private final ConceptWords words;

    Guides(Readings readings, ItemEncoder encoder, ConceptWords words) {
        this.readings = readings;
        this.encoder = encoder;
        this.words = words;
    }

    /// @param caller whose person
    /// @param request who and what
    /// @return the guided prompt
    Outcome<GuideAnswer> answer(Caller caller, GuideRequest request) {
        return readings.read(
                caller,
                request.user(),
                reading -> answer(request.prompt(), reading),
                () -> unguided(null, 0, true, request.prompt(), null));
    }

    private static GuideAnswer unguided(
            @Nullable String release,
            int historyUsed,
            boolean coldStart,
            String prompt,
            GuideAnswer.@Nullable TasteVector taste) {
        return new GuideAnswer(
                release,
                historyUsed,
                coldStart,
                PromptLanguage.of(prompt).code(),
                prompt,
                "",
                List.of(),
                List.of(),
                taste);
    }

    private GuideAnswer answer(String prompt, Readings.Reading reading) {
        float[] vector = reading.taste().vector();
        var taste = new GuideAnswer.TasteVector(vector.length, vector);
        TokenBook book = reading.tokens();
        if (book == null) {
            // Without names there are no words.
            return unguided(reading.release(), reading.historyUsed(), reading.coldStart(), prompt, taste);
        }
        Guidance guidance = new WordChooser(reading.model(), encoder, book, reading.temperature())
                .choose(reading.taste(), reading.nobody(), prompt);
        Reasons reasons = new Reasons(reading, book);
        return new GuideAnswer(
                reading.release(),
                reading.historyUsed(),
                reading.coldStart(),
                guidance.language().code(),
                guidance.prompt(),
                guidance.negative(),
                guidance.positive().stream().map(reasons::of).toList(),
                guidance.avoided().stream().map(reasons::of).toList(),
                taste);
    }

    /// Puts words beside what the person judged.
    private final class Reasons {
        private final TokenBook book;
        private final Encoding mean;
        private final Readings.Judged judged;
        private final Map<String, Concepts.Concept> concepts;

        Reasons(Readings.Reading reading, TokenBook book) {
            this.book = book;
            this.mean = reading.model().mean();
            this.judged = reading.judged();
            this.concepts = words.concepts().concepts().stream()
                    .collect(Collectors.toMap(Concepts.Concept::id, Function.identity()));
        }

        GuideAnswer.Word of(Guidance.Word word) {
            return new GuideAnswer.Word(
                    word.entry().id(),
                    word.entry().en(),
                    word.entry().ja(),
                    word.weight(),
                    new GuideAnswer.Because(
                            word.general(),
                            word.own(),
                            Arrays.stream(word.tokens()).sum(),
                            token(word),
                            new GuideAnswer.Shown(
                                    shown(word, judged.likes()),
                                    judged.likes().size(),
                                    shown(word, judged.dislikes()),
                                    judged.dislikes().size())));
        }

        private int shown(Guidance.Word word, List<Encoding> items) {
            Concepts.Concept concept = concepts.get(word.entry().id());
            return concept == null
                    ? 0
                    : (int) items.stream()
                            .filter(item -> concept.shownBy(item, mean))
                            .count();
        }

        private GuideAnswer.@Nullable Token token(Guidance.Word word) {
            double sign = Math.signum(word.weight());
            double[] parts = word.tokens();
            int most = 0;
            for (int m = 1; m < parts.length; m++) {
                most = sign * parts[m] > sign * parts[most] ? m : most;
            }
            if (parts.length == 0 || sign * parts[most] <= 0) {
                return null;
            }
            TokenCard card = book.tokens().get(most);
            return new GuideAnswer.Token(card.id(), card.name(), parts[most]);
        }
    }
}
