package org.horai.chronos.flow;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.horai.api.cluster.ClusterMaster;
import org.horai.api.coordination.CoordinationStore;
import org.horai.api.deployer.WorkloadDeployer;
import org.horai.api.host.HostInspector;
import org.horai.api.http.Http;
import org.horai.api.jobs.ChronosDialects;
import org.horai.api.network.OverlayProviders;
import org.horai.api.recording.Tap;

/**
 * The services one operation works with, taken once at its start, so that it never mixes two
 * versions of a bundle that is swapped meanwhile.
 *
 * @param state folder for backups
 */
public record Services(
    WorkloadDeployer deployer,
    ClusterMaster masters,
    CoordinationStore store,
    Http http,
    ChronosDialects dialects,
    OverlayProviders overlays,
    HostInspector hosts,
    ObjectMapper json,
    Path state,
    Tap tap) {}
