package dev.konomi.door;

import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Comparator;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/// Adds every function to the description of Konomi at `/q/openapi`: Funqy adds none, and the transports hide what a
/// function takes and gives. Schemas come from the records of its [Contract].
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class FunctionDescriptions implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI description) {
        if (description.getComponents() == null) {
            description.setComponents(OASFactory.createComponents());
        }
        if (description.getPaths() == null) {
            description.setPaths(OASFactory.createPaths());
        }
        RecordSchemas schemas = new RecordSchemas(description.getComponents());
        FunctionRecorder.registry.invokers().stream()
                .filter(function -> function.getInputType() == Call.class)
                .sorted(Comparator.comparing(FunctionInvoker::getName))
                .forEach(function -> add(function, schemas, description));
    }

    private static void add(FunctionInvoker function, RecordSchemas schemas, OpenAPI description) {
        Contract contract = function.getMethod().getAnnotation(Contract.class);
        if (contract == null) {
            return; // a test refuses it; whoever runs it all the same loses the description only
        }
        description
                .getPaths()
                .addPathItem(
                        "/" + function.getName(),
                        OASFactory.createPathItem()
                                .POST(OASFactory.createOperation()
                                        .operationId(function.getName())
                                        .summary(contract.does())
                                        .addTag("functions")
                                        .requestBody(OASFactory.createRequestBody()
                                                .required(true)
                                                .content(OASFactory.createContent()
                                                        .addMediaType(Answer.JSON, media(taken(contract, schemas)))))
                                        .responses(OASFactory.createAPIResponses()
                                                .addAPIResponse(
                                                        "200",
                                                        response(
                                                                "The answer",
                                                                Answer.JSON,
                                                                schemas.of(contract.gives())))
                                                .addAPIResponse(
                                                        "default",
                                                        response(
                                                                "Why there is no answer, and what to do",
                                                                Answer.PROBLEM_JSON,
                                                                schemas.of(Problem.class))))));
    }

    private static Schema taken(Contract contract, RecordSchemas schemas) {
        Schema one = schemas.of(contract.takes());
        if (contract.batch().isEmpty()) {
            return one;
        }
        Schema list = OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(schemas.of(contract.takes()));
        Schema named = OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .addProperty(contract.batch(), list)
                .addRequired(contract.batch());
        return OASFactory.createSchema().addOneOf(one).addOneOf(list).addOneOf(named);
    }

    private static APIResponse response(String description, String type, @Nullable Schema schema) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent().addMediaType(type, media(schema)));
    }

    private static MediaType media(@Nullable Schema schema) {
        return OASFactory.createMediaType().schema(schema);
    }
}
