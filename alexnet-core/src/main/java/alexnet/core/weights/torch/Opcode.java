package alexnet.core.weights.torch;

/** The instructions of pickles of protocols 0 to 5 ("pickletools" of Python's library), those apart that only call or look up code. */
enum Opcode {
    PROTO(0x80), FRAME(0x95), STOP('.'), MARK('('), POP('0'), POP_MARK('1'), DUP('2'),
    NONE('N'), NEWTRUE(0x88), NEWFALSE(0x89),
    INT('I'), BININT('J'), BININT1('K'), BININT2('M'), LONG('L'), LONG1(0x8a), LONG4(0x8b), FLOAT('F'), BINFLOAT('G'),
    STRING('S'), BINSTRING('T'), SHORT_BINSTRING('U'),
    UNICODE('V'), SHORT_BINUNICODE(0x8c), BINUNICODE('X'), BINUNICODE8(0x8d),
    BINBYTES('B'), SHORT_BINBYTES('C'), BINBYTES8(0x8e), BYTEARRAY8(0x96),
    EMPTY_LIST(']'), LIST('l'), APPEND('a'), APPENDS('e'), EMPTY_SET(0x8f), FROZENSET(0x91), ADDITEMS(0x90),
    EMPTY_TUPLE(')'), TUPLE('t'), TUPLE1(0x85), TUPLE2(0x86), TUPLE3(0x87),
    EMPTY_DICT('}'), DICT('d'), SETITEM('s'), SETITEMS('u'),
    GET('g'), BINGET('h'), LONG_BINGET('j'), PUT('p'), BINPUT('q'), LONG_BINPUT('r'), MEMOIZE(0x94),
    GLOBAL('c'), STACK_GLOBAL(0x93), REDUCE('R'), BUILD('b'), NEWOBJ(0x81), BINPERSID('Q');

    private static final Opcode[] BY_CODE = new Opcode[1 << Byte.SIZE];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    /** The instruction of a byte; {@code null} if there is none that is known here. */
    static Opcode of(int code) {
        return BY_CODE[code];
    }
}
