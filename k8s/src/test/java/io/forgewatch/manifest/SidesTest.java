package io.forgewatch.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two of each side, watched by probes that exist, with settings that are read, and as little power as they need. */
class SidesTest {

    private static final String HEALTH = "/actuator/health/";

    static List<Side> both() {
        return Side.both();
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenThereAreTwoOfItAndOneComesBeforeAnotherGoes(Side side) {
        DeploymentSpec spec = side.deployment().getSpec();
        assertThat(spec.getReplicas()).isEqualTo(2);
        assertThat(spec.getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable()).isEqualTo(new IntOrString(0));
        assertThat(spec.getStrategy().getRollingUpdate().getMaxSurge()).isEqualTo(new IntOrString(1));
        PodDisruptionBudget budget = side.one(PodDisruptionBudget.class);
        assertThat(budget.getSpec().getMaxUnavailable()).isEqualTo(new IntOrString(1));
        assertThat(budget.getSpec().getSelector()).isEqualTo(spec.getSelector());
        assertThat(spec.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(spec.getSelector().getMatchLabels());
        assertThat(spec.getTemplate().getSpec().getTopologySpreadConstraints())
                .isNotEmpty()
                .allSatisfy(spread -> assertThat(spread.getLabelSelector()).isEqualTo(spec.getSelector()));
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenItsProbesAskForThreeThingsThatItsFilesHave(Side side) {
        Container container = side.container();
        assertThat(group(side, container.getStartupProbe())).isEqualTo("startup");
        assertThat(group(side, container.getLivenessProbe())).isEqualTo("liveness");
        assertThat(group(side, container.getReadinessProbe())).isEqualTo("readiness");
    }

    /** The group that a probe asks for, after path and port were found in what the side is configured with. */
    private static String group(Side side, Probe probe) {
        HTTPGetAction asked = probe.getHttpGet();
        assertThat(asked.getPath()).startsWith(HEALTH);
        String group = asked.getPath().substring(HEALTH.length());
        assertThat(side.settings().filed("management.endpoint.health.group." + group + ".include"))
                .isPresent();
        assertThat(side.settings().filed("management.endpoints.web.exposure.include"))
                .hasValueSatisfying(exposed -> assertThat(exposed).contains("health"));
        // Health is at the main port too, and what is asked is whether that one answers.
        assertThat(side.settings().filed("server.port"))
                .contains(String.valueOf(port(side, asked.getPort().getStrVal())));
        return group;
    }

    private static int port(Side side, String name) {
        return side.container().getPorts().stream()
                .filter(named -> named.getName().equals(name))
                .map(ContainerPort::getContainerPort)
                .findAny()
                .orElseThrow();
    }

    /** Metrics are the watchers': no Service leads to them, and no policy of ours lets anybody in. */
    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenItsManagementHasAPortOfItsOwnThatNothingLeadsTo(Side side) {
        int management = port(side, "management");
        assertThat(side.settings().filed("management.server.port")).contains(String.valueOf(management));
        assertThat(side.settings().filed("server.port")).isPresent().isNotEqualTo(Optional.of("" + management));
        assertThat(side.settings().filed("management.server.address")).contains("127.0.0.1");
        assertThat(side.one(Service.class).getSpec().getPorts())
                .noneMatch(port -> port.getTargetPort().equals(new IntOrString("management"))
                        || port.getTargetPort().equals(new IntOrString(management)));
        assertThat(Manifest.ofBase().stream()
                        .filter(manifest -> manifest.kind().equals("NetworkPolicy"))
                        .map(manifest -> StrictModel.read(manifest.tree(), NetworkPolicy.class)
                                .getSpec()
                                .getIngress())
                        .filter(Objects::nonNull)
                        .flatMap(List::stream)
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(NetworkPolicyPort::getPort))
                .contains(new IntOrString("http"))
                .doesNotContain(new IntOrString("management"), new IntOrString(management));
    }

    /** A restart mends no store: whoever watches over the process must not be led to it. */
    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenNothingButTheProcessItselfDecidesWhetherItIsStartedAgain(Side side) {
        assertThat(side.settings().filed("management.endpoint.health.group.startup.include"))
                .contains("readinessState");
        assertThat(side.settings().filed("management.endpoint.health.group.liveness.include"))
                .contains("livenessState");
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenItsServiceLeadsToThePortThatItListensAt(Side side) {
        Service service = side.one(Service.class);
        assertThat(service.getSpec().getSelector())
                .isEqualTo(side.deployment().getSpec().getSelector().getMatchLabels());
        assertThat(service.getSpec().getPorts()).singleElement().satisfies(port -> {
            assertThat(side.container().getPorts())
                    .anyMatch(
                            named -> named.getName().equals(port.getTargetPort().getStrVal()));
            assertThat(side.settings().filed("server.port")).contains(String.valueOf(port.getPort()));
        });
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenAllThatItIsToldIsReadAndAllThatItMustBeToldIsThere(Side side) {
        List<String> told = side.environment().stream().map(EnvVar::getName).toList();
        assertThat(told).doesNotHaveDuplicates();
        assertThat(side.settings().environmentNames()).containsAll(told);
        assertThat(side.settings().required()).isNotEmpty();
        assertThat(told).containsAll(side.settings().required());
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASideThatHasANameInGroups_thenItIsThatOfItsPod(Side side) {
        Stream<EnvVar> instance =
                side.environment().stream().filter(one -> one.getName().equals("FORGEWATCH_INSTANCE"));
        if (side.settings().read().containsKey("forgewatch.instance")) {
            assertThat(instance)
                    .singleElement()
                    .satisfies(
                            one -> assertThat(one.getValueFrom().getFieldRef().getFieldPath())
                                    .isEqualTo("metadata.name"));
        } else {
            assertThat(instance).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenItsPodIsRestricted(Side side) {
        PodSpec pod = side.pod();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()))
                .allMatch(shared -> !Boolean.TRUE.equals(shared));
        SecurityContext own = side.container().getSecurityContext();
        assertThat(own.getAllowPrivilegeEscalation()).isFalse();
        assertThat(own.getPrivileged()).isFalse();
        assertThat(own.getReadOnlyRootFilesystem()).isTrue();
        assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(own.getCapabilities())
                .extracting(Capabilities::getAdd)
                .satisfiesAnyOf(
                        added -> assertThat(added).isNull(),
                        added -> assertThat(added).asList().isEmpty());
        assertThat(pod.getVolumes()).noneMatch(volume -> volume.getHostPath() != null);
    }

    @ParameterizedTest
    @MethodSource("both")
    void givenASide_thenWhatItWritesIsMountedAndAllItUsesIsLimited(Side side) {
        Container container = side.container();
        Set<String> volumes =
                side.pod().getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());
        Set<String> mounted =
                container.getVolumeMounts().stream().map(VolumeMount::getName).collect(Collectors.toSet());
        assertThat(mounted).isEqualTo(volumes);
        List<String> places = container.getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .toList();
        assertThat(places).contains("/tmp");
        assertThat(side.environment().stream()
                        .map(EnvVar::getValue)
                        .filter(value -> value != null && value.startsWith("/")))
                .allSatisfy(folder -> assertThat(places).contains(folder));
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory", "ephemeral-storage");
        assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory", "ephemeral-storage");
    }
}
