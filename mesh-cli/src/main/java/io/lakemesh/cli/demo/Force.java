package io.lakemesh.cli.demo;

import java.util.Locale;

/** Police forces, each with an area well within the United Kingdom in which made-up searches take place. */
public enum Force {
    CITY_OF_LONDON(51.505, 51.523, -0.110, -0.070),
    DERBYSHIRE(52.700, 53.500, -2.000, -1.200),
    DURHAM(54.480, 54.900, -2.200, -1.250),
    ESSEX(51.500, 52.080, 0.020, 1.200),
    LEICESTERSHIRE(52.400, 52.950, -1.550, -0.700);

    private final double south;
    private final double north;
    private final double west;
    private final double east;

    Force(double south, double north, double west, double east) {
        this.south = south;
        this.north = north;
        this.west = west;
        this.east = east;
    }

    /** As in file names and addresses: {@code city-of-london}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    double latitude(double share) {
        return south + (north - south) * share;
    }

    double longitude(double share) {
        return west + (east - west) * share;
    }
}
