package io.dapr.quickstarts.bindings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An end-to-end test that looks at the page in a browser, see {@link BrowserCondition}.
 * Those alone run with {@code -Dgroups=browser}.
 */
@Tag("browser")
@ExtendWith(BrowserCondition.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface InBrowser {

}
