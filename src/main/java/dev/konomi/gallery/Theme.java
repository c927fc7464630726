package dev.konomi.gallery;

import java.util.List;

/// The subject of a picture.
public enum Theme implements Term {
    MOUNTAINS("mountains|mountain|snowy peaks", "山並み|山々|山"),
    BALLOON("hot-air balloon|hot air balloon", "熱気球|気球"),
    CAT("cat|kitten", "猫|ねこ"),
    LIGHTHOUSE("lighthouse", "灯台"),
    SKYLINE("city skyline|skyline|city", "街並み|都会のビル群|都市"),
    FOREST("forest|pine wood", "森|針葉樹林"),
    FLOWERS("flowers|flower|blossoms", "花束|花々|花"),
    FISH("fish|goldfish", "魚|金魚"),
    MOON("moon|full moon", "満月|月"),
    TEAPOT("teapot|pot of tea", "ティーポット|急須"),
    BICYCLE("bicycle|bike", "自転車"),
    CASTLE("castle", "お城|城"),
    WAVES("waves|great wave|breaking wave", "大波|波"),
    BIRD("bird|songbird", "小鳥|鳥"),
    DESERT("desert|cactus", "砂漠|サボテン"),
    HOUSE("house|cottage", "一軒家|家"),
    BOAT("sailing boat|sailboat|boat", "ヨット|帆船|船"),
    TREE("lone tree|old tree|tree", "一本の木|大樹|木"),
    ROCKET("rocket|spaceship", "ロケット|宇宙船"),
    UMBRELLA("umbrella|parasol", "傘|日傘"),
    BUTTERFLY("butterfly", "蝶|ちょうちょ"),
    TRAIN("steam train|train|locomotive", "汽車|列車|電車"),
    BRIDGE("bridge", "橋"),
    MUSHROOMS("mushrooms|mushroom|toadstools", "きのこ|キノコ");

    private final List<String> english;
    private final List<String> japanese;

    Theme(String english, String japanese) {
        this.english = Term.split(english);
        this.japanese = Term.split(japanese);
    }

    @Override
    public List<String> words(Language language) {
        return language == Language.ENGLISH ? english : japanese;
    }

    @Override
    public Attribute attribute() {
        return Attribute.THEME;
    }
}
