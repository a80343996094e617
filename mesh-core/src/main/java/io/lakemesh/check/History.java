package io.lakemesh.check;

import java.math.BigDecimal;
import java.util.List;

/** What rules measured in earlier runs. */
public interface History {
    /** A history of nothing. */
    History NONE = (object, ruleId, releases) -> List.of();

    /** The values that a rule's check had in the last releases ({@link CheckResult#value}), latest first; fewer if there are not so many. */
    List<BigDecimal> values(String object, String ruleId, int releases);
}
