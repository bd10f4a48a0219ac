package io.dapr.quickstarts.bindings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A broker for one test alone, which may stop, kill or freeze it; the other tests, which
 * run at the same time, do not see it.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface OwnBroker {

}
