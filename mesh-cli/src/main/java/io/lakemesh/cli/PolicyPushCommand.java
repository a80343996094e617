package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.cli.report.BundleReport;
import io.lakemesh.governance.opa.OpaBundle;
import io.lakemesh.governance.opa.OpaPolicyDeciderProvider;
import io.lakemesh.governance.opa.OpaPush;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mesh policy push}. */
@Command(
        name = "push",
        description = "Puts the policy of every published table into the Open Policy Agent of mesh.yaml.",
        footer = "  mesh policy push",
        exitCodeList = {"0:it is there", "6:Open Policy Agent is out of reach"})
final class PolicyPushCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    PolicyPushCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Map<String, String> settings = opened.config().policy();
            String url = OpaPolicyDeciderProvider.url(settings);
            OpaBundle bundle = PolicyBundle.of(opened);
            opened.audit().append(AuditRecord.granted(Action.POLICY_PUSH).policy(bundle.revision()));
            new OpaPush(url, OpaPolicyDeciderProvider.timeout(settings)).push(bundle);
            return mesh.show(new BundleReport(url, bundle.revision()));
        }
    }
}
