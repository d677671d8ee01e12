/**
 * Small HTTP/1.1 servers for the simulated systems, with faults on demand.
 *
 * <p>{@link org.horai.sandbox.net.SimHttpServer} binds one address and gives every request as a
 * {@link org.horai.sandbox.net.SimRequest} to a {@link org.horai.sandbox.net.SimHandler}, which
 * returns a {@link org.horai.sandbox.net.SimReply}:
 *
 * <pre>{@code
 * SimThreads threads = new SimThreads();
 * SimHttpServer server =
 *     new SimHttpServer(
 *         new InetSocketAddress("127.0.7.11", 0), threads, request -> SimReply.text(200, "pong"));
 * server.start();                     // throws IOException when the port is taken
 * server.address();                   // the bound address, also when port 0 was asked for
 * server.stop();                      // the port refuses connections
 * server.start();                     // the same port again
 * server.faults().answer("/v2/apps.*", SimReply.text(503, "no leader"));
 * server.faults().delay(".*", Duration.ofSeconds(2));
 * server.faults().truncate("/v2/apps");   // half of the body, then the connection is cut
 * server.faults().garble("/v2/apps");     // HTML where the client expects JSON
 * server.faults().blackHole(true);        // connections are accepted and never answered
 * server.faults().clear();
 * server.close();                     // bounded: five seconds at most
 * }</pre>
 *
 * <p>The server is written on sockets because the simulated systems need what a ready-made server
 * hides: the reason phrase (Chronos puts a stack trace there, Marathon sends 422 without one),
 * headers that occur twice, bodies cut short and connections that are never answered.
 */
package org.horai.sandbox.net;
