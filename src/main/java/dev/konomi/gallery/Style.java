package dev.konomi.gallery;

import java.util.List;

/// The manner in which a sketch is rendered.
public enum Style implements Term {
    FLAT("flat design|flat poster|flat illustration", "フラットデザイン|フラットイラスト"),
    WATERCOLOR("watercolor|watercolour|aquarelle", "水彩画|水彩"),
    PIXEL("pixel art|pixelated|8-bit", "ドット絵|ピクセルアート"),
    LINE("line drawing|line art|pen drawing", "線画|ペン画"),
    POINTILLISM("pointillism|pointillist|painted in dots", "点描画|点描"),
    STAINED_GLASS("stained glass|leaded glass", "ステンドグラス"),
    WOODCUT("woodcut|woodblock print|linocut", "木版画|版画"),
    NEON("neon sign|neon glow|glowing neon", "ネオンサイン|ネオン"),
    PAPER("paper cut-out|papercut|cut paper", "切り絵|ペーパークラフト"),
    LOW_POLY("low poly|low-poly|polygon art", "ローポリ|ポリゴンアート"),
    CHALK("chalk drawing|chalk|pastel chalk", "チョーク画|チョーク"),
    HALFTONE("halftone print|halftone|comic dots", "網点印刷|ハーフトーン");

    private final List<String> english;
    private final List<String> japanese;

    Style(String english, String japanese) {
        this.english = Term.split(english);
        this.japanese = Term.split(japanese);
    }

    @Override
    public List<String> words(Language language) {
        return language == Language.ENGLISH ? english : japanese;
    }

    @Override
    public Attribute attribute() {
        return Attribute.STYLE;
    }
}
