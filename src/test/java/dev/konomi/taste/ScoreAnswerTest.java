package dev.konomi.taste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.konomi.token.TokenCard;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What apps read: a field that goes or changes its name breaks them.
class ScoreAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anExplainedAnswerReadsAsItAlwaysDid() throws JsonProcessingException {
        ScoreAnswer.Item lake = new ScoreAnswer.Item("lake", "aa");
        ScoreAnswer.Why why = new ScoreAnswer.Why(
                0.5,
                List.of(new ScoreAnswer.TokenPart("tok_1234", new TokenCard.Name("deep blue", "深い青"), 0.25)),
                0.125,
                -0.0625,
                true,
                List.of(new ScoreAnswer.Reason(
                        "e1",
                        "liked",
                        lake,
                        0.75,
                        0.5,
                        List.of(new ScoreAnswer.Word(
                                "still-water", new TokenCard.Name("still water", "静かな水面"), 0.25)))),
                new ScoreAnswer.Remaining(3, -0.5));
        ScoreAnswer answer = new ScoreAnswer(
                "dec_1",
                ScoreAnswer.RELEASE,
                "bb",
                4,
                false,
                List.of(new ScoreAnswer.Ranked(
                        0, new ScoreAnswer.Item(null, "cc"), 0.8125, 0.5, new Interval(0.25, 0.75), why)),
                List.of(),
                List.of(
                        new ScoreAnswer.Like(lake, "data:image/jpeg;base64,AA==", null, false),
                        new ScoreAnswer.Like(new ScoreAnswer.Item(null, "dd"), null, null, true)));
        assertEquals(JSON.readTree("""
                        {"decision": "dec_1", "source": "release", "release": "bb", "historyUsed": 4, "coldStart": false,
                         "ranked": [{"candidate": 0, "item": {"digest": "cc"}, "score": 0.8125, "probability": 0.5,
                           "interval": {"low": 0.25, "high": 0.75},
                           "explanation": {"own": 0.5,
                             "tokens": [{"tokenId": "tok_1234", "name": {"en": "deep blue", "ja": "深い青"}, "value": 0.25}],
                             "appeal": 0.125, "offset": -0.0625, "goodReason": true,
                             "because": [{"eventId": "e1", "says": "liked", "item": {"key": "lake", "digest": "aa"},
                               "change": 0.75, "inCommon": 0.5,
                               "words": [{"id": "still-water", "name": {"en": "still water", "ja": "静かな水面"},
                                 "worth": 0.25}]}],
                             "remaining": {"count": 3, "change": -0.5}}}],
                         "pending": [],
                         "likes": [
                           {"item": {"key": "lake", "digest": "aa"}, "thumbnail": "data:image/jpeg;base64,AA==",
                            "removed": false},
                           {"item": {"digest": "dd"}, "removed": true}]}"""), JSON.readTree(JSON.writeValueAsString(answer)));
    }

    @Test
    void likesAreAbsentUnlessAskedFor() {
        ScoreAnswer answer =
                new ScoreAnswer("dec_1", ScoreAnswer.POPULARITY, null, 0, true, List.of(), List.of(), null);
        assertFalse(JSON.valueToTree(answer).has("likes"));
    }
}
