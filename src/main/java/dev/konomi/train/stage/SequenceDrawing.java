package dev.konomi.train.stage;

import dev.konomi.history.HistoryItem;
import dev.konomi.history.Observation;
import dev.konomi.history.Observation.Choice;
import dev.konomi.history.Observation.Opinion;
import dev.konomi.item.Encoding;
import dev.konomi.train.dataset.Person;
import dev.konomi.train.network.sequence.SequenceBatch;
import dev.konomi.train.network.sequence.SequenceBatch.Block;
import dev.konomi.train.network.sequence.SequenceBatch.Question;
import dev.konomi.train.network.sequence.SequenceBatch.Sequence;
import dev.konomi.train.network.sequence.SequenceConfig;
import dev.konomi.train.network.sequence.SequenceConfig.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws histories and what they are asked: every point of a history predicts observations after
/// it, never before.
///
/// @param crowd whom to learn from
/// @param items the data set's
/// @param plan how much of each
record SequenceDrawing(Crowd crowd, List<Encoding> items, SequencePlan plan) {
    /// What a question's answer should have been.
    ///
    /// @param chosen index of the question about the item that was liked, or −1
    /// @param rejected index of the question about the item that was not, or −1
    /// @param weight of the observation
    record Target(int chosen, int rejected, float weight) {}

    /// @param batch sequences with questions
    /// @param targets what the questions should have been answered
    record Drawn(SequenceBatch batch, List<Target> targets) {}

    /// @param step of training, from 0
    /// @param withTokens whether preference tokens stand in the sequences
    Drawn draw(int step, SplittableRandom random, boolean withTokens) {
        SequenceConfig config = plan.config();
        boolean prefixed = withTokens && config.placement() == Placement.PREFIX;
        List<Sequence> sequences = new ArrayList<>();
        Asking asking = new Asking();
        for (int i = 0; i < plan.people(); i++) {
            List<Observation> observations = sample(random, crowd.person(step, random));
            int longest = Math.min(plan.observations(), observations.size() - 1);
            // Tokens before the history make each point of it a sequence of its own: one is drawn.
            int from = prefixed ? random.nextInt(longest + 1) : 0;
            int to = prefixed ? from : longest;
            List<Block> blocks = new ArrayList<>();
            for (int prefix = from; prefix <= to; prefix++) {
                List<Question> asked = new ArrayList<>();
                for (int target = 0; target < plan.targets(); target++) {
                    Observation later = observations.get(random.nextInt(prefix, observations.size()));
                    asking.ask(later, now(random, observations, prefix, later), asked);
                }
                blocks.add(new Block(count(observations.subList(0, prefix)), asked));
            }
            sequences.add(new Sequence(HistoryItem.of(observations.subList(0, to)), blocks));
        }
        SequenceBatch batch = SequenceBatch.of(
                sequences,
                withTokens ? config.selected() : 0,
                config.placement(),
                item -> dropped(random, presence(items.get(item))));
        return new Drawn(batch, asking.targets);
    }

    private float[] dropped(SplittableRandom random, float[] present) {
        double draw = random.nextDouble();
        if (present[0] + present[1] == 2 && draw < 2 * plan.modalityDropout()) {
            present[draw < plan.modalityDropout() ? 0 : 1] = 0;
        }
        return present;
    }

    /// @return whether an item's image and text are there, 1 or 0 each
    static float[] presence(Encoding item) {
        return new float[] {item.image() == null ? 0 : 1, item.text() == null ? 0 : 1};
    }

    /// @return how many items observations give
    static int count(List<Observation> observations) {
        return observations.stream().mapToInt(HistoryItem::count).sum();
    }

    /// Half of the questions do not say when they are asked: not everyone who asks will.
    private static int now(SplittableRandom random, List<Observation> observations, int prefix, Observation target) {
        return prefix == 0 || random.nextBoolean()
                ? 0
                : HistoryItem.bucket(target.at() - observations.get(prefix - 1).at());
    }

    /// Some of a person's observations, in order: a history's points differ from step to step,
    /// time never runs back.
    private List<Observation> sample(SplittableRandom random, Person person) {
        List<Observation> all = person.observations();
        int wanted = Math.min(all.size(), 2 * plan.observations());
        List<Observation> chosen = new ArrayList<>(wanted);
        for (int i = 0; i < all.size(); i++) {
            if (random.nextInt(all.size() - i) < wanted - chosen.size()) {
                chosen.add(all.get(i));
            }
        }
        return chosen;
    }

    /// Numbers questions in the order in which a batch reads them.
    static final class Asking {
        final List<Target> targets = new ArrayList<>();
        private int questions;

        /// @param observation that is to be predicted
        /// @param now bucket of the time since the last event
        /// @param into gets a question for each of its items
        void ask(Observation observation, int now, List<Question> into) {
            switch (observation) {
                case Choice choice -> {
                    into.add(new Question(choice.chosen(), now));
                    into.add(new Question(choice.rejected(), now));
                    targets.add(new Target(questions, questions + 1, choice.weight()));
                    questions += 2;
                }
                case Opinion opinion -> {
                    into.add(new Question(opinion.item(), now));
                    targets.add(
                            opinion.liked()
                                    ? new Target(questions, -1, opinion.weight())
                                    : new Target(-1, questions, opinion.weight()));
                    questions++;
                }
            }
        }
    }
}
