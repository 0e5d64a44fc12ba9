package io.synapse.sdk.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a secret in a text, and what is not. */
class SecretsTest {
    /** Each holds the secret {@code S3}, and {@code kept}, which is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=S3 kept",
                "token = S3 kept",
                "token: S3, kept",
                "TOKEN:S3 kept",
                "{\"token\": \"S3\", \"kept\": 1}",
                "{\"token\":\"S3\",\"kept\":1}",
                "{'token': 'S3', 'kept': 1}",
                "{'token': b'S3', 'kept': 1}",
                "{\\\"token\\\": \\\"S3\\\", \\\"kept\\\": 1}",
                "{\"token\": \"S3 \\\" S3\", \"kept\": 1}",
                "{\"password\": \"S3 S3, S3\", \"kept\": 1}",
                "{token=S3, kept=1}",
                "Client(token='S3', kept=1)",
                "headers['Authorization'] = 'S3' kept",
                "password => 'S3' kept",
                "password=S3&S3 kept",
                "password=S3;kept=1",
                "password=S3,kept=1",
                "password=S3)S3 kept",
                "(password=S3) kept",
                "kept password=\"S3",
                "kept 'HF_TOKEN=S3 S3'",
                "kept --token S3",
                "kept --token=S3",
                "kept --hf-token 'S3 S3'",
                "https://kept/a?token=S3&b=1",
                "https://kept/a?x=1&X-Amz-Signature=S3#top",
                "https://kept/a?x-amz-security-token=S3",
                "https://kept/a?X-Amz-Credential=S3%2F20260101%2Fus-east-1",
                "https://kept/a?sv=1&sig=S3%3D",
                "https://kept/a?key=S3",
                "https://S3:S3@kept/path",
                "https://S3@kept/path",
                "redis://:S3@kept:6379/0",
                "https://user:S3@S3@kept/path",
                "Authorization: Bearer S3\r\nkept: 1",
                "authorization: Token S3\nkept: 1",
                "Proxy-Authorization: Basic S3==\nkept: 1",
                "Authorization: Digest username=\"S3\", response=\"S3\"\nkept: 1",
                "Authorization: S3\nkept: 1",
                "Cookie: a=S3; b=S3\nkept: 1",
                "Set-Cookie: session=S3; Path=/; HttpOnly\nkept: 1",
                "{\"Cookie\": \"a=S3; b=S3\", \"kept\": 1}",
                "{Set-Cookie=[a=S3; Path=/, b=S3], kept=1}",
                "kept: got Bearer S3cr, sorry",
                "kept 'bearer S3cret'",
                "the token 'S3' is wrong, kept",
                "Invalid API key \"S3\" kept",
                "kept: wrong password 'S3 S3'",
                "kept Basic dXNlcjpS3",
                "kept Token S3abc",
                "SYNAPSE-User: Token S3cret\nkept: 1",
                "AWS_SECRET_ACCESS_KEY=S3 kept",
                "AWS_SESSION_TOKEN=S3 kept",
                "HF_TOKEN: S3 kept",
                "WANDB_API_KEY=S3 kept",
                "OPENAI_API_KEY='S3' kept",
                "x-api-key: S3\nkept: 1",
                "apiKey=S3 kept",
                "apikey=S3 kept",
                "API key: S3, kept",
                "accessToken=S3 kept",
                "access_token=S3&kept=1",
                "authtoken=S3 kept",
                "dbpassword=S3 kept",
                "DB_PASS=S3 kept",
                "PGPASSWORD=S3 kept",
                "passwd=S3 kept",
                "passphrase=S3 kept",
                "client_secret=S3 kept",
                "clientSecret=S3 kept",
                "private-key: S3, kept",
                "SSH_KEY=S3 kept",
                "x-auth: S3\nkept: 1",
                "auth_tokens=S3 kept",
                "credentials={user=S3, key=S3} kept",
                "{\"credentials\": {\"user\": \"S3\", \"keys\": [\"S3\"]}, \"kept\": 1}",
                "{\"secrets\": [\"S3\", \"S3\"], \"kept\": 1}",
                "{\"env_vars\": {\"A\": \"S3\", \"B\": \"S3 S3\"}, \"kept\": 1}",
                "{'env_vars': {'A': 'S3', 'B': \"it's S3\"}, 'kept': 1}",
                "{env_vars={A=S3 S3, B=S3}, kept=1}",
                "{\"Env\": [\"A=S3 S3\", \"B=S3\"], \"kept\": 1}",
                "envs: {\"A\": \"S3\"} kept",
                "body -> password: 'S3' is too short, kept",
                "Invalid token: S3 kept",
                "kept -----BEGIN RSA PRIVATE KEY-----\nS3\n-----END RSA PRIVATE KEY-----",
                "kept -----BEGIN PRIVATE KEY-----\nS3",
                "kept ghp_S3abcdefghijklmnopqrstuvwxyz0123456789",
                "kept github_pat_S3abcdefghijklmnopqrstuvwxyz",
                "kept hf_S3AbCdEfGhIjKlMnOpQrStUvWxYz01234567",
                "kept sk-S3abcdefghijklmnopqrstuvwxyz",
                "kept sk-proj-S3abcdefghijklmnopqrstuvwxyz-_x",
                "kept sk-ant-api03-S3abcdefghijklmnopqrstuvwxyz",
                "kept xoxb-S3-1234567890",
                "kept glpat-S3abcdefghijklmnopqrst",
                "kept 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJTMyJ9.S3abcdefg_-'",
            })
    void aSecretIsMaskedAndNothingElse(String text) {
        assertThat(Secrets.NONE.mask(text)).doesNotContain("S3").contains("***").contains("kept");
    }

    @Test
    void anAccessKeyIdIsKnownByItsForm() {
        assertThat(Secrets.NONE.mask("got AKIAIOSFODNN7EXAMPLE.")).isEqualTo("got ***.");
    }

    @Test
    void whatSurroundsASecretStays() {
        assertThat(Secrets.NONE.mask("{\"token\": \"abc\", \"id\": \"train-7\"}"))
                .isEqualTo("{\"token\": \"***\", \"id\": \"train-7\"}");
        assertThat(Secrets.NONE.mask("GET http://u:p@h:1/a?token=abc&limit=3 answered 404"))
                .isEqualTo("GET http://***@h:1/a?token=***&limit=3 answered 404");
        assertThat(Secrets.NONE.mask("Authorization: Bearer abcdef")).isEqualTo("Authorization: Bearer ***");
        assertThat(Secrets.NONE.mask("HF_TOKEN=abc python train.py")).isEqualTo("HF_TOKEN=*** python train.py");
        assertThat(Secrets.NONE.mask("{'env_vars': {'A': 'b', 'C': 'd'}, 'pip': ['x']}"))
                .isEqualTo("{'env_vars': {'A': '***', 'C': '***'}, 'pip': ['x']}");
        assertThat(Secrets.NONE.mask("a bad proxy://x:y@z, and http://q@r too"))
                .isEqualTo("a bad proxy://***@z, and http://***@r too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Job 'train-7' does not exist",
                "Job \"token-classifier-7\" does not exist",
                "Job with submission_id raysubmit_Ab3dEf5hJk7mNp9q already exists. Please use a different submission_id.",
                "unexpected token at line 3",
                "Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON",
                "Unexpected token: '}'",
                "Unexpected token 'export'",
                "Unrecognized token 'abc': was expecting JSON",
                "secrets \"db-password\" not found",
                "Unexpected token: { at 3",
                "Unauthorized: Missing authentication token",
                "Forbidden: Invalid authentication token",
                "Token authentication is enabled but no token was found",
                "Token expired",
                "Bearer authentication required",
                "Bearer token is missing",
                "a Basic example of basic usage",
                "Basic Usage",
                "header -> authorization: Field required",
                "body -> token: must not be empty",
                "max_tokens=5",
                "{\"max_tokens\": 512, \"prompt_tokens\": 7, \"pad_token_id\": 0}",
                "{\"eos_token\": \"</s>\", \"next_token\": \"abc\"}",
                "tokenizer=bert-base-uncased",
                "tokenizer_path: /models/tokenizer.json",
                "RAY_AUTH_MODE=token",
                "RAY_AUTH_TOKEN_PATH=/run/token.txt",
                "password_file=/run/secrets/db",
                "secrets.yaml was not found",
                "/home/me/token/password.txt: no such file",
                "{\"password\": null, \"token\": \"\", \"secret\": false}",
                "filter_keys=state&filter_values=ALIVE",
                "key 'state' of KeyError: 'working_dir'",
                "http://127.0.0.1:8265/api/jobs/me@home",
                "git@github.com:me/project.git",
                "node:__internal_head__: 1.0",
                "sk-learn-experiment-with-a-long-name",
                "hf_finetune_7",
                "PASS: 12 tests, FAIL: 0",
                "env: prod",
                "session_2026-11-28_11-52-09_564581_17513",
                "TypeError: foo() missing 1 required positional argument: 'signature'",
                "at 12:30:45 the author: me",
                "keep=50% key=value monkey=1",
            })
    void whatIsNoSecretStays(String text) {
        assertThat(Secrets.NONE.mask(text)).isEqualTo(text);
    }

    @Test
    void knownValuesAreMaskedWhereverTheyOccur() {
        Secrets secrets = Secrets.of(List.of("Bearer s3cret/x y", "abc", "longer-s3cret/x y"));

        assertThat(secrets.mask("<s3cret/x y> 's3cret%2Fx+y' longer-s3cret/x y abc"))
                .isEqualTo("<***> '***' *** abc");
    }

    @Test
    void theSecretHeadersOfAClientAreKnown() {
        Secrets secrets = Secrets.ofHeaders(Map.of(
                "Authorization", "Bearer tok1",
                "X-Team", "vision",
                "X-Gateway", "s3cretvalue",
                "User-Agent", "synapse-sdk-java"));

        assertThat(secrets.mask("tok1 vision s3cretvalue synapse-sdk-java"))
                .isEqualTo("*** vision *** synapse-sdk-java");
    }

    @Test
    void ofAnEnvironmentTheNamesAreShown() {
        assertThat(Secrets.maskedEnvironment(Map.of("A", "b"))).isEqualTo(Map.of("A", "***"));
        assertThat(Secrets.maskedFields(
                        Map.of("env_vars", Map.of("A", "b"), "pip", List.of("x", "https://u:p@pypi/simple"), "n", 1)))
                .isEqualTo(
                        Map.of("env_vars", Map.of("A", "***"), "pip", List.of("x", "https://***@pypi/simple"), "n", 1));
        assertThat(Secrets.maskedFields(Map.of("Env", List.of("A=b", Map.of("name", "B", "value", "c")))))
                .isEqualTo(Map.of("Env", List.of("A=***", Map.of("name", "B", "value", "***"))));
        assertThat(Secrets.maskedFields(Collections.singletonMap("token", null)))
                .isEqualTo(Collections.singletonMap("token", null));
    }

    /** What a record says of itself. */
    public record Settings(String url, Map<String, String> envs, Map<String, Object> params, Duration timeout) {
        @Override
        public String toString() {
            return Secrets.describe(this);
        }
    }

    @Test
    void aRecordIsDescribedAsEveryRecordIs() {
        assertThat(new Settings(
                                "http://u:p@h/",
                                Map.of("A", "b"),
                                Map.of("api_key", "k", "rate", 0.1),
                                Duration.ofSeconds(1))
                        .toString())
                .startsWith("Settings[url=http://***@h/, envs={A=***}, params={")
                .contains("api_key=***", "rate=0.1")
                .endsWith(", timeout=PT1S]");
    }

    /** No text makes it fail, and a long one takes time in proportion to its length. */
    @Test
    @Timeout(60)
    void anyTextIsMasked() {
        List<String> pieces = Arrays.asList(
                "token",
                "=",
                ": ",
                "\"",
                "'",
                "\\",
                "{",
                "}",
                "[",
                "]",
                "(",
                "env_vars",
                "Bearer ",
                "a",
                " ",
                "\n",
                "://",
                "@",
                "&",
                ";",
                "--",
                "=>",
                "-----BEGIN PRIVATE KEY-----",
                "eyJ",
                ".",
                "\ud83d");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(20), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            assertThatCode(() -> Secrets.NONE.mask(text)).as(text).doesNotThrowAnyException();
        }
        for (String piece : pieces) {
            Secrets.NONE.mask(piece.repeat(20_000));
        }
        for (String piece :
                List.of("token=\"", "token={", "env_vars={", "a=b,", "'token': 'x', ", "Bearer x", "x://")) {
            Secrets.NONE.mask(piece.repeat(20_000));
        }
    }
}
