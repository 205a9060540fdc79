package dev.slipway.registry.auth;

import dev.slipway.foundation.http.HttpCall;
import dev.slipway.foundation.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What goes into the {@code Authorization} header of a request. */
sealed interface Authorization {
    HttpCall sign(HttpCall call);

    /** What no message may repeat. */
    List<Secret> secrets();

    /** Nothing is known that could be sent. */
    record None() implements Authorization {
        @Override
        public HttpCall sign(HttpCall call) {
            return call;
        }

        @Override
        public List<Secret> secrets() {
            return List.of();
        }
    }

    /** User name and password. */
    record Basic(RegistryCredential credential) implements Authorization {
        @Override
        public HttpCall sign(HttpCall call) {
            return call.header("Authorization", "Basic " + encoded());
        }

        @Override
        public List<Secret> secrets() {
            return List.of(credential.password(), Secret.of(encoded()));
        }

        private String encoded() {
            String pair = credential.username() + ":" + credential.password().reveal();
            return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A token that a token service gave. */
    record Bearer(Secret token) implements Authorization {
        @Override
        public HttpCall sign(HttpCall call) {
            return call.header("Authorization", "Bearer " + token.reveal());
        }

        @Override
        public List<Secret> secrets() {
            return List.of(token);
        }
    }
}
