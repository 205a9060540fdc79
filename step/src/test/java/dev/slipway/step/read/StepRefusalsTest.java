package dev.slipway.step.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step's file may not say, with the place and the words of each refusal. */
class StepRefusalsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            remoteCacheImage: app/cache | 9:3: spec.remoteCacheImage: not supported yet: a cache in a registry
            caching: true | 9:3: spec.caching: not supported yet: a cache that outlives the machine
            cacheFrom: [a] | 9:3: spec.cacheFrom: not supported yet: a cache in a registry
            cacheTo: type=inline | 9:3: spec.cacheTo: not supported yet: a cache in a registry
            envVariables: {PLUGIN_VERBOSITY: debug} | 9:3: spec.envVariables: not supported yet: settings of the build plugin
            envDockerSecrets: {a: B} | 9:3: spec.envDockerSecrets: not supported yet: secrets for RUN
            fileDockerSecrets: {a: b} | 9:3: spec.fileDockerSecrets: not supported yet: secrets for RUN
            runAsUser: 1000 | 9:14: spec.runAsUser 1000: not supported yet: users other than 0
            target: <+input> | 9:11: spec.target '<+input>': not supported yet: values that are asked for when a pipeline starts; write the value itself
            target: <+stage.name> | 9:11: spec.target '<+stage.name>': not supported yet: expressions; write the value itself
            buildArgs: <+input> | 9:14: spec.buildArgs '<+input>': not supported yet: values that are asked for when a pipeline starts; write the value itself
            buildArgs: {A: <+x>} | 9:18: spec.buildArgs.A '<+x>': not supported yet: expressions; write the value itself
            labels: {<+x>: y} | 9:12: a name in spec.labels '<+x>': not supported yet: expressions; write the value itself
            baseImageConnectorRefs: <+x> | 9:27: spec.baseImageConnectorRefs '<+x>': not supported yet: expressions; write the value itself
            optimize: maybe | 9:13: spec.optimize 'maybe': expected true or false
            optimize: [true] | 9:13: spec.optimize: expected a single value, found a list
            buildarg: {} | 9:3: unknown key 'buildarg' in spec; did you mean buildArgs?
            privileged: true | 9:3: unknown key 'privileged' in spec
            <<: {} | 9:3: unknown key '<<' in spec; YAML 1.2 has no merge keys
            labels: [a] | 9:11: spec.labels: expected a mapping of names to values, found a list
            labels: {a: [b]} | 9:15: spec.labels.a: expected a single value ("" for an empty one), found a list
            labels: {a: } | 9:14: spec.labels.a: expected a single value ("" for an empty one), found nothing
            labels: {'': a} | 9:12: a name in spec.labels '': it is empty
            buildArgs: {'A=B': c} | 9:15: a name in spec.buildArgs 'A=B': the name of a build argument has no blank and no '='
            context: ../up | 9:12: spec.context '../up': it leaves the codebase
            context: a/../../up | 9:12: spec.context 'a/../../up': it leaves the codebase
            context: /harness | 9:12: spec.context '/harness': it is relative to the codebase and does not begin with '/'
            context: https://example.org/x.git | 9:12: spec.context 'https://example.org/x.git': it is a path in the codebase, not an address
            dockerfile: "a\\0b" | 9:15: spec.dockerfile 'a…': it is no path: Nul character not allowed
            runAsUser: root | 9:14: spec.runAsUser 'root': expected the number of a user
            runAsUser: -1 | 9:14: spec.runAsUser '-1': expected the number of a user
            resources: {} | 9:14: spec.resources: expected limits or requests, found neither
            resources: {limits: {memory: 5 Gi}} | 9:32: spec.resources.limits.memory '5 Gi': memory is a plain number of bytes, or a number with G, M, Gi or Mi
            resources: {limits: {memory: 500K}} | 9:32: spec.resources.limits.memory '500K': memory is a plain number of bytes, or a number with G, M, Gi or Mi
            resources: {limits: {cpu: 1.5m}} | 9:29: spec.resources.limits.cpu '1.5m': CPU is a number of cores like 0.1, or of thousandths like 100m
            resources: {limits: {cpu: 0}} | 9:29: spec.resources.limits.cpu '0': it is at least 1m
            resources: {limit: {cpu: 1}} | 9:15: unknown key 'limit' in spec.resources; did you mean limits?
            """)
    void ofTheSpec(String line, String fault) {
        assertThat(StepFiles.faults(StepFiles.withSpecLine(line))).first().isEqualTo("step.yaml:" + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeuot: 1m | 9:1: unknown key 'timeuot'; did you mean timeout?
            timeout: 9s | 9:10: timeout '9s': a timeout is spelled like 10s, 45m, 1h 30m or 1d2h, and is 10s at least
            timeout: <+input> | 9:10: timeout '<+input>': not supported yet: values that are asked for when a pipeline starts; write the value itself
            identifier: a-b | 9:13: identifier 'a-b': an identifier has at most 128 letters, digits and '_', and does not begin with a digit
            identifier: step | 9:13: identifier 'step': 'step' is a reserved word
            when: {stageStatus: Success} | 9:1: when: not supported yet: conditions
            when: {stageStatus: Often} | 9:1: when: not supported yet: conditions
            when: {condition: a == b} | 9:1: when: not supported yet: conditions
            when: <+input> | 9:7: when '<+input>': not supported yet: values that are asked for when a pipeline starts; write the value itself
            failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Abort}}}] | 9:1: failureStrategies: not supported yet: failure strategies
            strategy: {parallelism: 2} | 9:1: strategy: not supported yet: steps that run more than once
            enforce: {policySets: [a]} | 9:1: enforce: not supported yet: policies
            description: [a] | 9:14: description: expected a single value, found a list
            """)
    void ofTheStep(String line, String fault) {
        assertThat(StepFiles.faults(StepFiles.withStepLine(line))).first().isEqualTo("step.yaml:" + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            when: {stageStatus: Often} | 9:21: when.stageStatus 'Often': expected one of Success, Failure, All
            when: {condition: a == b} | 9:7: when.stageStatus is missing: one of Success, Failure, All
            failureStrategies: [a] | 9:21: failureStrategies: expected onFailure, found 'a'
            failureStrategies: [{onFailure: {errors: [A], action: {type: Explode}}}] | 9:62: failureStrategies.onFailure.action.type 'Explode': expected one of Ignore, MarkAsSuccess, MarkAsFailure, Abort, Retry, ManualIntervention, ProceedWithDefaultValues, StageRollback, StepGroupRollback, PipelineRollback, RetryStepGroup
            failureStrategies: [{onFailure: {errors: [], action: {type: Abort}}}] | 9:34: failureStrategies.onFailure.errors: expected one error at least
            strategy: {parallelism: 2, repeat: {times: 2}} | 9:11: strategy: expected exactly one of matrix, parallelism, repeat
            enforce: {policySets: a} | 9:23: enforce.policySets: expected a list of policy sets, found 'a'
            """)
    void ofTheFormOfWhatIsNotSupportedYet(String line, String fault) {
        assertThat(StepFiles.faults(StepFiles.withStepLine(line)))
                .hasSize(2)
                .element(1)
                .isEqualTo("step.yaml:" + fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connectorRef: aws | connectorRef: 1aws | 4:17: spec.connectorRef '1aws': a reference is account.ID, org.ID or ID, where ID has letters, digits and '_' and does not begin with a digit
            connectorRef: aws | connectorRef: | 4:3: spec.connectorRef is missing: it names the AWS connector to push with
            region: eu-west-1 | region: eu-west-1a | 5:11: spec.region 'eu-west-1a': an AWS region is spelled like eu-west-1; this is an availability zone of eu-west-1
            region: eu-west-1 | region: EU-WEST-1 | 5:11: spec.region 'EU-WEST-1': an AWS region is spelled like eu-west-1; this one is eu-west-1
            region: eu-west-1 | region: west | 5:11: spec.region 'west': an AWS region is spelled like eu-west-1
            account: "123456789012" | account: 012345678901 | 6:12: spec.account '012345678901': an account has 12 digits and may begin with 0, which a number loses; write it in quotes, "012345678901"
            account: "123456789012" | account: 12345678901 | 6:12: spec.account '12345678901': an account has 12 digits and may begin with 0, which a number loses; write it in quotes, "012345678901"
            account: "123456789012" | account: 1.2e11 | 6:12: spec.account '1.2e11': an account has 12 digits and may begin with 0, which a number loses; write it in quotes, "012345678901"
            account: "123456789012" | account: "12345678901" | 6:12: spec.account '12345678901': an account has 12 digits, this has 11
            account: "123456789012" | account: 1234-5678-9012 | 6:12: spec.account '1234-5678-9012': an account has 12 digits, without blanks and dashes
            imageName: app | imageName: Team/App | 7:14: spec.imageName 'Team/App': a repository name is lower case
            imageName: app | imageName: app:1.0 | 7:14: spec.imageName 'app:1.0': a repository name holds no tag: write app and put the tag under tags
            imageName: app | imageName: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1 | 7:14: spec.imageName '123456789012.dkr.ecr.eu-west-1.amazonaws…': it is the repository's name only: account and region give the registry, write team/app
            imageName: app | imageName: a | 7:14: spec.imageName 'a': a repository name has 2 to 255 characters, this has 1
            imageName: app | imageName: app//b | 7:14: spec.imageName 'app//b': a repository name is made of lower case letters and digits, parted by '.', '_', '__', dashes or '/'
            tags: [latest] | tags: [] | 8:3: spec.tags is missing: an image is pushed under one tag at least
            tags: [latest] | tags: latest | 8:9: spec.tags: expected a list of tags, found 'latest'
            tags: [latest] | tags: [a, a] | 8:13: spec.tags 'a': it is there already at line 8
            tags: [latest] | tags: [1.0+b5] | 8:10: spec.tags '1.0+b5': no registry takes '+' in a tag: write the build metadata of a version as 1.0_b5
            tags: [latest] | tags: [app:1] | 8:10: spec.tags 'app:1': a tag is what follows the ':' of an image's name; the repository is given by imageName
            tags: [latest] | tags: ["a,b"] | 8:10: spec.tags 'a,b': each tag is an entry of its own
            tags: [latest] | tags: [.a] | 8:10: spec.tags '.a': a tag has 1 to 128 letters, digits, '_', '.' and '-', and does not begin with '.' or '-'
            tags: [latest] | tags: [[a]] | 8:10: spec.tags: expected a single value in each entry, found a list
            tags: [latest] | tags: [<+pipeline.sequenceId>] | 8:10: spec.tags '<+pipeline.sequenceId>': not supported yet: expressions; write the value itself
            type: BuildAndPushECR | type: Run | 1:7: type 'Run': not supported yet: only steps of type BuildAndPushECR
            type: BuildAndPushECR | type: BuildAndPushEcr | 1:7: type 'BuildAndPushEcr'; did you mean BuildAndPushECR?
            type: BuildAndPushECR | type: | 1:1: type is missing: a step is of type BuildAndPushECR
            name: Build and push | name: 1st | 2:7: the name gives the identifier '1st': an identifier has at most 128 letters, digits and '_', and does not begin with a digit; set the key identifier
            name: Build and push | name: status | 2:7: the name gives the identifier 'status': 'status' is a reserved word; set the key identifier
            name: Build and push | name: a/b | 2:7: name 'a/b': a name has 1 to 128 letters, digits, '_', '-', '.' and blanks, and does not begin with a blank
            """)
    void ofRequiredKeys(String line, String instead, String fault) {
        String text = StepFiles.MINIMAL.replace(line, instead);

        assertThat(StepFiles.faults(text)).containsExactly("step.yaml:" + fault);
    }

    @Test
    void ofAllAtOnceInTheOrderOfTheFile() {
        assertThat(StepFiles.faults("""
                        step:
                          nmae: x
                          type: BuildAndPushECR
                          when: {stageStatus: All}
                          spec:
                            region: nowhere
                            account: 42
                            tags: [a+b]
                        """))
                .containsExactly(
                        "step.yaml:2:3: unknown key 'nmae'; did you mean name?",
                        "step.yaml:2:3: name is missing: it says what the step is for",
                        "step.yaml:4:3: when: not supported yet: conditions",
                        "step.yaml:6:5: spec.connectorRef is missing: it names the AWS connector to push with",
                        "step.yaml:6:5: spec.imageName is missing: it is the repository to push to",
                        "step.yaml:6:13: spec.region 'nowhere': an AWS region is spelled like eu-west-1",
                        "step.yaml:7:14: spec.account '42': an account has 12 digits and may begin with 0, which a number"
                                + " loses; write it in quotes, \"012345678901\"",
                        "step.yaml:8:12: spec.tags 'a+b': no registry takes '+' in a tag: write the build metadata of a"
                                + " version as a_b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | : no step: the file is empty
            '# nothing' | : no step: the file is empty
            text | :1:1: no step: expected a mapping, found 'text'
            [] | :1:1: no step: expected a mapping, found a list
            step: 1 | :1:7: step: expected a mapping, found the number 1
            pipeline: {} | :1:1: a file with 'pipeline': not supported yet: only a file with one step
            '{name: x, stages: []}' | :1:11: a file with 'stages': not supported yet: only a file with one step
            '[step: {}, step: {}]' | :1:12: a second step: not supported yet: a file holds one
            connector: {} | :1:1: no step: this is a connector; put it into the directory of connectors
            """)
    void ofOtherDocuments(String text, String fault) {
        assertThat(StepFiles.faults(text)).containsExactly("step.yaml" + fault);
    }
}
