package org.horai.api.deployer;

/** One field of an app that is not as wanted, after normalising both sides. */
public record Difference(String field, String actual, String wanted) {}
