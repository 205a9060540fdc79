package dev.slipway.aws.ecr;

import static java.util.Objects.requireNonNull;

import dev.slipway.foundation.error.Problem;
import dev.slipway.foundation.error.ServiceException;
import dev.slipway.foundation.http.HttpTransport;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** The repositories of one private registry. Thread-safe. */
public final class EcrRepositories {
    private final EcrClients clients;
    private final EcrHost host;

    public EcrRepositories(EcrAccess access, EcrHost host, HttpTransport transport) {
        this.clients = new EcrClients(access, transport);
        this.host = requireNonNull(host, "host is null");
    }

    /**
     * Looks a repository up; empty if there is none of that name.
     *
     * @throws dev.slipway.foundation.error.NotAllowedException if the identity may not
     * @throws ServiceException if ECR fails
     */
    public Optional<EcrRepository> find(String name) {
        DescribeRepositoriesRequest request = DescribeRepositoriesRequest.builder()
                .registryId(host.account())
                .repositoryNames(name)
                .build();
        try (EcrClient client = clients.of(host)) {
            return client.describeRepositories(request).repositories().stream()
                    .findFirst()
                    .map(EcrRepositories::repository);
        } catch (RepositoryNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw EcrErrors.of(e, host, "look up the repository " + name, "ecr:DescribeRepositories");
        }
    }

    /**
     * Creates a repository with ECR's own settings; gives the one that is there where there is one.
     *
     * @throws dev.slipway.foundation.error.NotAllowedException if the identity may not
     * @throws ServiceException if ECR fails
     */
    public EcrRepository create(String name) {
        CreateRepositoryRequest request = CreateRepositoryRequest.builder()
                .registryId(host.account())
                .repositoryName(name)
                .build();
        try (EcrClient client = clients.of(host)) {
            return repository(client.createRepository(request).repository());
        } catch (RepositoryAlreadyExistsException e) {
            return find(name)
                    .orElseThrow(() -> new ServiceException(
                            Problem.of("create the repository " + name, "it is said to exist, and is not found")
                                    .at(host.toString()),
                            e));
        } catch (SdkException e) {
            throw EcrErrors.of(e, host, "create the repository " + name, "ecr:CreateRepository");
        }
    }

    private static EcrRepository repository(Repository found) {
        return new EcrRepository(
                found.repositoryName(),
                found.repositoryArn(),
                found.repositoryUri(),
                Optional.ofNullable(found.imageTagMutabilityAsString()).orElse("MUTABLE"));
    }
}
