package dev.slipway.localecr.control;

import dev.slipway.localecr.http.Answer;
import dev.slipway.localecr.http.Call;
import dev.slipway.localecr.http.Endpoint;
import dev.slipway.localecr.key.RegistryTokens;
import dev.slipway.localecr.model.Reason;
import dev.slipway.localecr.model.Refusal;
import dev.slipway.localecr.model.RegistryId;
import dev.slipway.localecr.model.Texts;
import dev.slipway.localecr.sigv4.Caller;
import dev.slipway.localecr.sigv4.Callers;
import dev.slipway.localecr.store.Storage;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API, {@code POST /} with the operation in {@code X-Amz-Target}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html">ECR API reference</a>
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1 protocol</a>
 */
public final class ControlPlane implements Endpoint {
    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
    private static final String JSON = "application/x-amz-json-1.1";
    private static final int MAX_BODY = 32 << 20;

    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Storage storage;
    private final Callers callers;

    public ControlPlane(Storage storage, Callers callers, RegistryTokens tokens, InstantSource clock) {
        this.storage = storage;
        this.callers = callers;
        List.of(
                        new GetAuthorizationToken(tokens),
                        new CreateRepository(clock),
                        new DescribeRepositories(),
                        new DeleteRepository(),
                        new PutImageTagMutability(),
                        new DescribeImages(),
                        new ListImages(),
                        new BatchGetImage(),
                        new BatchCheckLayerAvailability())
                .forEach(operation -> operations.put(operation.name(), operation));
    }

    @Override
    public Answer handle(Call call) throws IOException {
        String requestId = UUID.randomUUID().toString();
        return answer(call).header("x-amzn-RequestId", requestId);
    }

    private Answer answer(Call call) throws IOException {
        try {
            return Answer.of(200).body(JSON, JsonMapper.shared().writeValueAsBytes(run(call)));
        } catch (Refusal refusal) {
            ObjectNode error =
                    Input.newObject().put("__type", refusal.reason().apiType()).put("message", refusal.text());
            return Answer.of(400).body(JSON, JsonMapper.shared().writeValueAsBytes(error));
        }
    }

    private ObjectNode run(Call call) throws IOException {
        String target = call.header("X-Amz-Target").orElse("");
        Operation operation = target.startsWith(TARGET) ? operations.get(target.substring(TARGET.length())) : null;
        if (operation == null) {
            throw Reason.NO_SUCH_OPERATION.refuse("The stand-in does not know the operation " + target);
        }
        byte[] body = call.bodyUpTo(MAX_BODY);
        Caller caller = callers.identify(call, body, "ecr");
        JsonNode json = parse(body);
        return operation.run(new Input(json, storage.repositories(registry(json, caller))));
    }

    private static RegistryId registry(JsonNode json, Caller caller) {
        String account = json.path("registryId").stringValue(caller.home().account());
        if (!RegistryId.isAccount(account)) {
            throw Reason.PARAMETER.refuse(Texts.parameter("registryId", "must satisfy regular expression '[0-9]{12}'"));
        }
        return caller.home().withAccount(account);
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            if (body.length <= MAX_BODY && json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // falls through: an unreadable body and a body that is no object are one fault
        }
        throw Reason.SERIALIZATION.refuse("The body is not a JSON object");
    }
}
