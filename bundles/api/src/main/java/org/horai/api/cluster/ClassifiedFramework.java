package org.horai.api.cluster;

/** A framework and what it is to our scheduler; {@code why} gives the evidence in words. */
public record ClassifiedFramework(FrameworkInfo framework, FrameworkKind kind, String why) {}
