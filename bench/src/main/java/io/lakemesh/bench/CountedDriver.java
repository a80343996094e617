package io.lakemesh.bench;

import io.lakemesh.bench.Counters.Kind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Another driver, its statements counted: the URI {@code jdbc:counted:X} is that one's {@code jdbc:X}. */
final class CountedDriver implements Driver {
    private static final String PREFIX = "jdbc:counted:";

    /** The URI under which a database's statements are counted. */
    static String uri(String real) throws SQLException {
        if (DriverManager.drivers().noneMatch(CountedDriver.class::isInstance)) {
            DriverManager.registerDriver(new CountedDriver());
        }
        return PREFIX + real.substring("jdbc:".length());
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        return acceptsURL(url)
                ? proxy(Connection.class, DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), info))
                : null;
    }

    private static <T> T proxy(Class<T> type, T real) {
        InvocationHandler counting = (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                Counters.add(Kind.STATEMENT, 1);
            }
            try {
                Object result = method.invoke(real, arguments);
                if (result instanceof PreparedStatement statement) {
                    return proxy(PreparedStatement.class, statement);
                }
                return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(CountedDriver.class.getClassLoader(), new Class<?>[] {type}, counting));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
