package org.horai.api.deployer;

/** Why instances are not there: what holds them ({@code subject}), why, and what to do. */
public record WaitingReason(String subject, String what, String why, String next) {}
