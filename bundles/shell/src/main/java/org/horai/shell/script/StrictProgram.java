package org.horai.shell.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.EOFError;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.Parser.Array;
import org.apache.felix.gogo.runtime.Parser.Closure;
import org.apache.felix.gogo.runtime.Parser.Executable;
import org.apache.felix.gogo.runtime.Parser.Operator;
import org.apache.felix.gogo.runtime.Parser.Pipeline;
import org.apache.felix.gogo.runtime.Parser.Program;
import org.apache.felix.gogo.runtime.Parser.Sequence;
import org.apache.felix.gogo.runtime.Parser.Statement;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.gogo.runtime.Token;

/**
 * Rewrites a Gogo program so that it stops at the first failure nothing guards against.
 *
 * <p>Gogo goes on after a failed statement, and forgets the failure at the end of a block. Here
 * every {@code ;} and line end becomes {@code &&}, so that what follows a failed statement is
 * skipped unless it is joined by {@code ||}. A condition whose command fails is simply false. At
 * the end of any other block, and of parentheses, a failure is thrown; {@link ControlFlow#block}
 * catches it, so that the statement the block belongs to fails.
 */
final class StrictProgram {
  static final String CALL = "gogo:__call";
  static final String FAIL = "gogo:__fail";
  static final String TRUE = "gogo:__true";

  private static final Pattern BARE_NAME = Pattern.compile("[A-Za-z_][\\w-]*");
  private static final Set<String> CONDITIONS = Set.of("if", "not", "while", "until");

  private enum Place {
    TOP,
    CONDITION,
    BLOCK
  }

  private StrictProgram() {}

  /** Parses and rewrites; {@code SyntaxError} when it cannot be parsed. */
  static Program of(CharSequence text) {
    return program(new Parser(text).program(), Place.TOP);
  }

  private static Program program(Program program, Place place) {
    List<Executable> parts = new ArrayList<>();
    for (Executable part : program.tokens()) {
      parts.add(part instanceof Operator operator ? joined(operator) : executable(part));
    }
    return new Program(program, ended(parts, place));
  }

  private static Operator joined(Operator operator) {
    boolean plain = Token.eq(";", operator) || Token.eq("\n", operator);
    return plain ? operator("&&") : operator;
  }

  private static List<Executable> ended(List<Executable> parts, Place place) {
    if (place == Place.TOP || parts.isEmpty()) {
      return parts;
    }
    Executable last = parts.get(parts.size() - 1);
    if (last instanceof Operator) {
      if (!Token.eq("&&", last)) {
        return parts;
      }
      parts.remove(parts.size() - 1);
    }
    if (place == Place.BLOCK) {
      parts.addAll(List.of(operator("||"), command(FAIL)));
    } else if (returnsNothing(parts.get(parts.size() - 1))) {
      parts.addAll(List.of(operator("&&"), command(TRUE)));
    }
    return parts;
  }

  /**
   * The tools taken from Gogo return null even when all went well, which {@code if} calls false.
   */
  private static boolean returnsNothing(Executable part) {
    if (part instanceof Pipeline pipeline) {
      return returnsNothing(pipeline.tokens().get(pipeline.tokens().size() - 1));
    }
    return part instanceof Statement statement
        && Builtins.TOOLS.contains(withoutScope(name(statement)));
  }

  private static Executable executable(Executable part) {
    if (part instanceof Pipeline pipeline) {
      List<Executable> parts =
          pipeline.tokens().stream()
              .map(one -> one instanceof Operator ? one : executable(one))
              .toList();
      return new Pipeline(pipeline, parts);
    }
    if (part instanceof Sequence sequence) {
      return new Sequence(sequence, program(sequence.program(), Place.BLOCK));
    }
    return part instanceof Statement statement ? statement(statement) : part;
  }

  private static Statement statement(Statement statement) {
    String name = withoutScope(name(statement));
    List<Token> tokens = new ArrayList<>();
    int blocks = 0;
    boolean afterElif = false;
    for (Token token : statement.tokens()) {
      if (token instanceof Closure closure) {
        Place place = place(name, blocks++, afterElif);
        tokens.add(new Closure(closure, program(closure.program(), place)));
      } else {
        tokens.add(token(token));
      }
      afterElif = Token.eq("elif", token);
    }
    if (mayBeBlock(statement, name)) {
      tokens.add(0, new Token(CALL));
    }
    return new Statement(statement, tokens, statement.redirections());
  }

  /** A bare name may call a block kept in a variable; whether it does is known when it runs. */
  private static boolean mayBeBlock(Statement statement, String name) {
    List<Token> tokens = statement.tokens();
    boolean assignment = tokens.size() > 1 && Token.eq("=", tokens.get(1));
    return !assignment && BARE_NAME.matcher(name).matches() && !Builtins.NAMES.contains(name);
  }

  private static Place place(String name, int index, boolean afterElif) {
    return afterElif || index == 0 && CONDITIONS.contains(name) ? Place.CONDITION : Place.BLOCK;
  }

  private static Token token(Token token) {
    if (token instanceof Closure closure) {
      return new Closure(closure, program(closure.program(), Place.BLOCK));
    }
    if (token instanceof Sequence sequence) {
      return new Sequence(sequence, program(sequence.program(), Place.BLOCK));
    }
    if (token instanceof Array array) {
      return array(array);
    }
    return token;
  }

  private static Array array(Array array) {
    if (array.list() != null) {
      return new Array(array, array.list().stream().map(StrictProgram::token).toList(), null);
    }
    Map<Token, Token> map = new LinkedHashMap<>();
    array.map().forEach((key, value) -> map.put(token(key), token(value)));
    return new Array(array, null, map);
  }

  /** The command a statement calls, also behind an assignment. */
  private static String name(Statement statement) {
    List<Token> tokens = statement.tokens();
    if (tokens.isEmpty()) {
      return "";
    }
    boolean assignment = tokens.size() > 3 && Token.eq("=", tokens.get(1));
    return tokens.get(assignment ? 2 : 0).toString();
  }

  private static String withoutScope(String name) {
    return name.startsWith("gogo:") ? name.substring("gogo:".length()) : name;
  }

  private static Operator operator(String text) {
    return new Operator(new Token(text));
  }

  private static Statement command(String name) {
    Token token = new Token(name);
    return new Statement(token, List.of(token), List.of());
  }

  /** Line of a syntax error; the runtime's own count is off inside blocks. */
  static int errorLine(String text) {
    String[] lines = text.split("\n", -1);
    StringBuilder head = new StringBuilder();
    int statementStart = 1;
    for (int number = 1; number <= lines.length; number++) {
      head.append(lines[number - 1]).append('\n');
      int state = state(head);
      if (state > 0) {
        return number;
      }
      if (state == 0) {
        statementStart = number + 1;
      }
    }
    return Math.min(statementStart, lines.length);
  }

  /** 0 complete, -1 unfinished, 1 wrong. */
  private static int state(CharSequence text) {
    try {
      new Parser(text).program();
      return 0;
    } catch (EOFError e) {
      return -1;
    } catch (SyntaxError e) {
      return 1;
    }
  }
}
