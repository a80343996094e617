package io.lakemesh.contract;

import io.lakemesh.descriptor.ProductDescriptor;
import io.lakemesh.error.Problem;
import java.util.List;

/**
 * What a product promises, resolved: every output port's contract as tables, columns and rules that a run can execute. The
 * result of validating a {@link ProductDescriptor} for publishing.
 *
 * @param productId the ODPS id
 * @param tables one for each object of each output port's contract, in the order of the files
 * @param warnings what is odd but no error
 */
public record ProductContract(
        ProductAddress address,
        String productId,
        List<TableContract> tables,
        List<Problem> warnings,
        ProductDescriptor descriptor) {
    public ProductContract {
        tables = List.copyOf(tables);
        warnings = List.copyOf(warnings);
    }
}
