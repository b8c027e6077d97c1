package io.forgewatch.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Kubernetes' native kinds, read without any kindness. The model itself takes a field that it does not know and puts it into
 * its {@code additionalProperties}, at every level; here no class has such a drawer, so that whatever would land in one is
 * refused with its path. Nor is a text taken for a number, or a number for a text: the API server takes neither.
 */
final class StrictModel {

    private static final KubernetesSerialization KINDS = new KubernetesSerialization();

    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new NoDrawers())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private StrictModel() {}

    /** The class of a native kind; empty for one that Kubernetes itself does not have. */
    static Optional<Class<? extends HasMetadata>> kind(Manifest manifest) {
        Class<? extends KubernetesResource> kind =
                KINDS.getRegisteredKubernetesResource(manifest.apiVersion(), manifest.kind());
        return kind == null || kind == GenericKubernetesResource.class || !HasMetadata.class.isAssignableFrom(kind)
                ? Optional.empty()
                : Optional.of(kind.asSubclass(HasMetadata.class));
    }

    /** @throws tools.jackson.core.JacksonException when something is misspelt or of another type; its message has the path */
    static <T> T read(JsonNode tree, Class<T> type) {
        return STRICT.treeToValue(tree, type);
    }

    private static final class NoDrawers extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated member) {
            return false;
        }
    }
}
