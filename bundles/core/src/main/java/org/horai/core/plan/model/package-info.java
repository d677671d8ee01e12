/** Plans as data: put together, told apart, made into JSON and views. Pure. */
package org.horai.core.plan.model;
