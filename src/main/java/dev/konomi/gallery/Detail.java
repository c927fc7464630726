package dev.konomi.gallery;

import java.util.List;

/// How much there is to see.
public enum Detail implements Term {
    SPARSE("minimal|sparse|very simple", "シンプル|簡素"),
    MEDIUM("moderately detailed|some detail", "ほどよい描き込み|適度な描き込み"),
    RICH("richly detailed|intricate|rich detail", "緻密|細密|細部まで");

    private final List<String> english;
    private final List<String> japanese;

    Detail(String english, String japanese) {
        this.english = Term.split(english);
        this.japanese = Term.split(japanese);
    }

    @Override
    public List<String> words(Language language) {
        return language == Language.ENGLISH ? english : japanese;
    }

    @Override
    public Attribute attribute() {
        return Attribute.DETAIL;
    }
}
