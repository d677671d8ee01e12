package org.horai.api.jobs;

/** A rule a job breaks: fatal ones are refused or lost by that Chronos, others surprise. */
public record Lint(boolean fatal, String field, String what, String next) {}
