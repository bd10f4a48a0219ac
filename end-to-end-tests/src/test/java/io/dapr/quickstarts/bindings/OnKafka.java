package io.dapr.quickstarts.bindings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An end-to-end test that takes its broker from {@link TestKafka}. Those alone run with
 * {@code -Dgroups=kafka}.
 */
@Tag("kafka")
@ExtendWith(TestKafka.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnKafka {

}
