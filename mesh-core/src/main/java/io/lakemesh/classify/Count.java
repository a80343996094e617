package io.lakemesh.classify;

import java.util.Collection;
import java.util.function.Predicate;

/** How many of some values pass a test. */
record Count(int passed, int all) {
    /** Evidence that comes by chance once in a million columns, and once in a hundred of those whose name says the same. */
    private static final double BEYOND_DOUBT = Math.log(1e6);

    private static final double BEYOND_DOUBT_WITH_NAME = Math.log(100);

    static Count of(Collection<String> values, Predicate<String> test) {
        return new Count((int) values.stream().filter(test).count(), values.size());
    }

    double share() {
        return all == 0 ? 0 : (double) passed / all;
    }

    /**
     * Whether so many would hardly pass by chance: by the bound of Chernoff and Hoeffding for the tail of a binomial distribution.
     *
     * @param chance of one value, above 0
     */
    boolean isBeyond(double chance, boolean named) {
        double share = share();
        return share > chance && all * divergence(share, chance) >= (named ? BEYOND_DOUBT_WITH_NAME : BEYOND_DOUBT);
    }

    private static double divergence(double share, double chance) {
        double rest = share == 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance));
        return share * Math.log(share / chance) + rest;
    }

    /** How many would pass by chance. */
    long byChance(double chance) {
        return Math.round(all * chance);
    }

    @Override
    public String toString() {
        return passed + " of " + all + " different sampled values";
    }
}
