package io.synapse.sdk.internal.json;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Makes a model's component named {@code additionalProperties} the container of all unknown fields. */
final class ModelIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated member) {
        return isRest(member) ? Boolean.TRUE : super.hasAnySetter(member);
    }

    @Override
    public Boolean hasAnyGetter(Annotated member) {
        return isRest(member) ? Boolean.TRUE : super.hasAnyGetter(member);
    }

    private static boolean isRest(Annotated annotated) {
        return annotated instanceof AnnotatedMember member
                && member.getDeclaringClass().isRecord()
                && RecordReader.REST.equals(nameOf(member));
    }

    private static String nameOf(AnnotatedMember member) {
        if (member instanceof com.fasterxml.jackson.databind.introspect.AnnotatedParameter parameter) {
            return member.getDeclaringClass().getRecordComponents().length > parameter.getIndex()
                    ? member.getDeclaringClass()
                            .getRecordComponents()[parameter.getIndex()]
                            .getName()
                    : "";
        }
        return member.getName();
    }
}
