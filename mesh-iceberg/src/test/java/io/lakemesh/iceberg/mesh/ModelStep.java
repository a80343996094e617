package io.lakemesh.iceberg.mesh;

import io.lakemesh.run.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One step of a sequence. A number that picks a release or a run is taken modulo how many there are. */
sealed interface ModelStep {
    /** Publishes rows of some objects, their values in the order of the newest contract's columns. */
    record Publish(String run, Mode mode, Map<String, List<List<String>>> inputs) implements ModelStep {}

    /** Publishes the rows of an earlier step once more, under the same run id. */
    record Repeat(int publish) implements ModelStep {}

    record Rollback(int release) implements ModelStep {}

    /** Goes on when it is asked for again, by whatever process. */
    sealed interface Resumable extends ModelStep {}

    /** Removes the rows with a key from every release and from what runs set aside. */
    record Erase(int id) implements Resumable {}

    /** Keeps so many of the newest releases readable. */
    record Expire(int releases) implements Resumable {}

    /** Puts files together, and removes those that nothing needs. */
    record Compact() implements Resumable {}

    /** From now on the next contract is published with. */
    record Evolve() implements ModelStep {}

    record Diff(int from, int to) implements ModelStep {}

    /** Publishes with a contract that a newer one has replaced. */
    record Outdated(List<List<String>> rows) implements ModelStep {}

    record Verify(int release) implements ModelStep {}

    /** The process ends in the middle of a step; another one goes on. */
    record Killed(ModelStep step, int effects) implements ModelStep {}

    /** What is put on top of earlier files more often than what takes their place. */
    List<Mode> MODES = List.of(
            Mode.APPEND, Mode.APPEND, Mode.UPSERT, Mode.UPSERT, Mode.UPSERT, Mode.OVERWRITE, Mode.OVERWRITE_PARTITIONS);

    /** The steps of a sequence. */
    static List<ModelStep> sequence(Random random, int steps, List<String> objects) {
        List<ModelStep> sequence = new ArrayList<>();
        while (sequence.size() < steps) {
            ModelStep step = any(random, sequence.size(), objects);
            boolean killed = (step instanceof Publish
                            || step instanceof Rollback
                            || step instanceof Repeat
                            || step instanceof Resumable)
                    && random.nextInt(3) == 0;
            sequence.add(killed ? new Killed(step, effects(random, objects.size())) : step);
            if (killed && random.nextBoolean()) {
                // the last of them
                sequence.add(step instanceof Publish ? new Repeat(-1) : step);
            }
            if (step instanceof Publish publish && random.nextInt(publish.mode() == Mode.UPSERT ? 3 : 8) == 0) {
                sequence.add(new Compact());
            }
        }
        return sequence;
    }

    /** A publish has 24 to 100 effects; those of its commits are among the last. */
    private static int effects(Random random, int objects) {
        return random.nextInt(10 + objects * 25);
    }

    private static ModelStep any(Random random, int number, List<String> objects) {
        int dice = random.nextInt(24);
        if (dice < 10) {
            return new Publish("run-" + number, MODES.get(random.nextInt(MODES.size())), inputs(random, objects));
        }
        return switch (dice) {
            case 10, 11 -> new Repeat(random.nextInt(100));
            case 12, 13, 14 -> new Rollback(random.nextInt(100));
            case 15, 16 -> new Evolve();
            case 17 -> new Outdated(rows(random));
            case 18 -> new Verify(random.nextInt(100));
            case 19 -> new Erase(1 + random.nextInt(20));
            case 20, 21 -> new Expire(1 + random.nextInt(5));
            case 22 -> new Compact();
            default -> new Diff(random.nextInt(100), random.nextInt(100));
        };
    }

    private static Map<String, List<List<String>>> inputs(Random random, List<String> objects) {
        Map<String, List<List<String>>> inputs = new TreeMap<>();
        for (String object : objects) {
            if (random.nextInt(4) > 0) {
                inputs.put(object, rows(random));
            }
        }
        return inputs.isEmpty() ? Map.of(objects.get(0), rows(random)) : inputs;
    }

    private static List<List<String>> rows(Random random) {
        List<List<String>> rows = new ArrayList<>();
        for (int left = random.nextInt(6); left > 0; left--) {
            rows.add(List.of(
                    random.nextInt(15) == 0 ? "x" : "" + (1 + random.nextInt(20)),
                    one(random, 12, "", "Bath", "York", "Ely"),
                    one(random, 15, "-5", "", "10", "20", "30"),
                    one(random, 2, "", "new"),
                    one(random, 2, "", "Ann")));
        }
        return rows;
    }

    /** The first of some values once in so many times, otherwise one of the others. */
    private static String one(Random random, int seldom, String... values) {
        return values[random.nextInt(seldom) == 0 ? 0 : 1 + random.nextInt(values.length - 1)];
    }
}
