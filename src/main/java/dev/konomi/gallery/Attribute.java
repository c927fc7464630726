package dev.konomi.gallery;

import java.util.List;

/// The five things that a scene is described by. Values of all attributes are numbered through for tables of weights:
/// value `v` of attribute `a` stands at `a.offset() + v` of [#VALUES].
public enum Attribute {
    PALETTE(0, List.of(Palette.values())),
    STYLE(12, List.of(Style.values())),
    THEME(24, List.of(Theme.values())),
    COMPOSITION(48, List.of(Composition.values())),
    DETAIL(56, List.of(Detail.values()));

    /// The number of values of all attributes together.
    public static final int VALUES = 59;

    private final int offset;
    private final List<Term> terms;

    Attribute(int offset, List<? extends Term> terms) {
        this.offset = offset;
        this.terms = List.copyOf(terms);
    }

    /// Where the values of this attribute begin in a table of all.
    public int offset() {
        return offset;
    }

    public int size() {
        return terms.size();
    }

    /// The values by number, with their words.
    public List<Term> terms() {
        return terms;
    }

    /// @throws IndexOutOfBoundsException if there is no such value
    public Term term(int value) {
        return terms.get(value);
    }
}
