/**
 * The program's entry: starts the framework with the bundles of a distribution and hands over to
 * the one service that is the program. Knows no bundle of the house.
 */
package org.horai.launcher;
