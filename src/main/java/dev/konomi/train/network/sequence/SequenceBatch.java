package dev.konomi.train.network.sequence;

import dev.konomi.history.HistoryItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/// Histories and questions about them, packed so that one pass of the decoder answers all of
/// them.
///
/// A history stands in its sequence once. Behind it stand blocks: what follows the first `p`
/// items of the history. A block's preference tokens see those items; its targets see the items,
/// the tokens and themselves. Every position has the place that it would have in a sequence of
/// its own, therefore the answers are the same as one by one, at a fraction of the cost: this is
/// what makes dense supervision affordable.
///
/// @param sequences B
/// @param length T, of the longest sequence; shorter ones are padded with positions that see only
///     themselves
/// @param items `[U]`, indices into the data set, each once
/// @param present `[U, 2]`, 1 where an item's image or text is there
/// @param labelled `[E]`, which of `items` each history item is
/// @param liked `[E]`, 1 for ℓ(+), 0 for ℓ(−)
/// @param compared `[E]`, 1 in a choice
/// @param gap `[E]`, bucket of the time since the observation before
/// @param weight `[E]`, the observation's weight
/// @param asked `[Q]`, which of `items` each question is about
/// @param now `[Q]`, bucket of the time since the last event
/// @param block `[Q]`, which row of `signed` each question is asked after
/// @param signed `[R, U]`: a block's history as signed item weights (liked positive), one row for
///     each block
/// @param index `[B · T]`, which row of `[2U item tokens; E labels; Q questions; R·k preference
///     tokens; padding]` stands where
/// @param positions `[B · T]`, the place that rotary positions see
/// @param mask `[B, T, T]`, 0 or −∞
/// @param reads `[Q]`, where in `[B · T]` the answers are read
public record SequenceBatch(
        int sequences,
        int length,
        long[] items,
        float[] present,
        long[] labelled,
        long[] liked,
        long[] compared,
        long[] gap,
        float[] weight,
        long[] asked,
        long[] now,
        long[] block,
        float[] signed,
        long[] index,
        float[] positions,
        float[] mask,
        long[] reads) {
    /// One question: is this item liked?
    ///
    /// @param item index into the data set
    /// @param now bucket of the time since the last event, 0 if unknown
    public record Question(int item, int now) {}

    /// Questions to be answered from the first items of a history.
    ///
    /// @param prefix how many history items are known
    /// @param questions at least one
    public record Block(int prefix, List<Question> questions) {}

    /// One person's sequence.
    ///
    /// @param history oldest first
    /// @param blocks questions at several points of the history; a single one at its end where
    ///     tokens stand first
    public record Sequence(List<HistoryItem> history, List<Block> blocks) {}

    private static final int ITEM = 3;

    /// @param sequences B sequences
    /// @param selected k, how many preference tokens stand in a block; 0 for none
    /// @param placement where they stand
    /// @param presence which of an item's image and text are there, `[2]`
    /// @return the batch; its reads are in the order of sequences, blocks and questions
    public static SequenceBatch of(
            List<Sequence> sequences, int selected, SequenceConfig.Placement placement, IntFunction<float[]> presence) {
        boolean prefixed = placement == SequenceConfig.Placement.PREFIX && selected > 0;
        Map<Integer, Integer> unique = new LinkedHashMap<>();
        int labels = 0;
        int questions = 0;
        int blocks = 0;
        int length = 0;
        for (Sequence sequence : sequences) {
            if (prefixed
                    && (sequence.blocks.size() != 1 || sequence.blocks.getFirst().prefix != sequence.history.size())) {
                throw new IllegalArgumentException(
                        "Preference tokens before the history change with every event: a sequence then has one block, at the history's end.");
            }
            int here = ITEM * sequence.history.size();
            labels += sequence.history.size();
            for (HistoryItem item : sequence.history) {
                unique.putIfAbsent(item.item(), unique.size());
            }
            for (Block block : sequence.blocks) {
                blocks++;
                questions += block.questions.size();
                here += selected + ITEM * block.questions.size();
                for (Question question : block.questions) {
                    unique.putIfAbsent(question.item, unique.size());
                }
            }
            length = Math.max(length, here);
        }
        var packing = new Packing(sequences.size(), length, unique, labels, questions, blocks, selected);
        for (Sequence sequence : sequences) {
            packing.add(sequence, prefixed);
        }
        return packing.done(presence);
    }

    private static final class Packing {
        private final int batch;
        private final int length;
        private final int selected;
        private final Map<Integer, Integer> unique;
        private final long[] labelled;
        private final long[] liked;
        private final long[] compared;
        private final long[] gap;
        private final float[] weight;
        private final long[] asked;
        private final long[] now;
        private final long[] block;
        private final float[] signed;
        private final long[] index;
        private final float[] positions;
        private final float[] mask;
        private final long[] reads;
        private final int labelRow;
        private final int questionRow;
        private final int preferenceRow;
        private int sequence;
        private int label;
        private int question;
        private int blocks;

        Packing(
                int batch,
                int length,
                Map<Integer, Integer> unique,
                int labels,
                int questions,
                int blocks,
                int selected) {
            this.batch = batch;
            this.length = length;
            this.unique = unique;
            this.selected = selected;
            labelled = new long[labels];
            liked = new long[labels];
            compared = new long[labels];
            gap = new long[labels];
            weight = new float[labels];
            asked = new long[questions];
            now = new long[questions];
            block = new long[questions];
            signed = new float[blocks * unique.size()];
            index = new long[batch * length];
            positions = new float[batch * length];
            mask = new float[batch * length * length];
            reads = new long[questions];
            labelRow = 2 * unique.size();
            questionRow = labelRow + labels;
            preferenceRow = questionRow + questions;
            Arrays.fill(index, preferenceRow + (long) blocks * selected);
            Arrays.fill(mask, Float.NEGATIVE_INFINITY);
        }

        void add(Sequence added, boolean prefixed) {
            int base = sequence * length;
            int start = prefixed ? selected : 0;
            int at = prefixed ? preference(0, 0, 0) : 0;
            for (HistoryItem item : added.history) {
                place(at, itemRow(item.item()), at);
                place(at + 1, itemRow(item.item()) + 1, at + 1);
                place(at + 2, labelRow + label, at + 2);
                labelled[label] = number(item.item());
                liked[label] = item.liked() ? 1 : 0;
                compared[label] = item.compared() ? 1 : 0;
                gap[label] = item.gap();
                weight[label] = item.weight();
                label++;
                at += ITEM;
            }
            for (int row = 0; row < at; row++) {
                see(row, 0, row + 1);
            }
            for (Block block : added.blocks) {
                int seen = start + ITEM * block.prefix;
                int tokens = at;
                if (!prefixed) {
                    at = preference(at, seen, seen);
                }
                int behind = seen + at - tokens;
                for (HistoryItem item : added.history.subList(0, block.prefix)) {
                    int column = blocks * unique.size() + number(item.item());
                    signed[column] += item.liked() ? item.weight() : -item.weight();
                }
                blocks++;
                int tokensEnd = at;
                for (Question next : block.questions) {
                    place(at, itemRow(next.item), behind);
                    place(at + 1, itemRow(next.item) + 1, behind + 1);
                    place(at + 2, questionRow + question, behind + 2);
                    for (int row = at; row < at + ITEM; row++) {
                        see(row, 0, seen);
                        see(row, tokens, tokensEnd);
                        see(row, at, row + 1);
                    }
                    asked[question] = number(next.item);
                    now[question] = next.now;
                    this.block[question] = blocks - 1L;
                    reads[question] = base + at + 2L;
                    question++;
                    at += ITEM;
                }
            }
            for (int row = at; row < length; row++) {
                see(row, row, row + 1);
            }
            sequence++;
        }

        private int preference(int at, int seen, int position) {
            for (int i = 0; i < selected; i++) {
                place(at + i, preferenceRow + blocks * selected + i, position + i);
                see(at + i, 0, seen);
                see(at + i, at, at + i + 1);
            }
            return at + selected;
        }

        private int itemRow(int item) {
            return 2 * number(item);
        }

        private int number(int item) {
            return Objects.requireNonNull(unique.get(item));
        }

        private void place(int at, int row, int position) {
            index[sequence * length + at] = row;
            positions[sequence * length + at] = position;
        }

        private void see(int row, int from, int to) {
            int base = (sequence * length + row) * length;
            Arrays.fill(mask, base + from, base + to, 0);
        }

        SequenceBatch done(IntFunction<float[]> presence) {
            List<Integer> ids = new ArrayList<>(unique.keySet());
            float[] present = new float[2 * ids.size()];
            long[] items = new long[ids.size()];
            for (int i = 0; i < items.length; i++) {
                items[i] = ids.get(i);
                System.arraycopy(presence.apply(ids.get(i)), 0, present, 2 * i, 2);
            }
            return new SequenceBatch(
                    batch, length, items, present, labelled, liked, compared, gap, weight, asked, now, block, signed,
                    index, positions, mask, reads);
        }
    }
}
