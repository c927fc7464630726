package dev.konomi.gallery;

import java.util.List;

/// Where things stand in the picture.
public enum Composition implements Term {
    CENTRED("centred|centered|in the middle", "中央に配置|真ん中に"),
    LEFT_THIRD("left of centre|on the left|left third", "左寄り|左側に"),
    RIGHT_THIRD("right of centre|on the right|right third", "右寄り|右側に"),
    LOW_HORIZON("low horizon|under a big sky", "低い地平線|広い空の下"),
    HIGH_HORIZON("high horizon|seen from above", "高い地平線|見下ろす構図"),
    FRAMED("framed|inside an ornate frame|round window", "額縁の中|丸窓の中|枠の中"),
    DIAGONAL("on a diagonal|diagonal|tilted", "斜めの構図|斜めに"),
    REFLECTION("mirrored in water|reflected|reflection", "水面に映る|鏡映しの|反射");

    private final List<String> english;
    private final List<String> japanese;

    Composition(String english, String japanese) {
        this.english = Term.split(english);
        this.japanese = Term.split(japanese);
    }

    @Override
    public List<String> words(Language language) {
        return language == Language.ENGLISH ? english : japanese;
    }

    @Override
    public Attribute attribute() {
        return Attribute.COMPOSITION;
    }
}
