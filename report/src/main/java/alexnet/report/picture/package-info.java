/**
 * The page's figures as PNG files, for papers and slides: charts by XChart, sheets of photographs by Java2D. Light, in colours
 * that also those tell apart who see few, and told apart by markers, dashes or words as well.
 */
package alexnet.report.picture;
