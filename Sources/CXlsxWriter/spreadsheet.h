#ifndef OUROBOROS_SPREADSHEET_H
#define OUROBOROS_SPREADSHEET_H
/* libxlsxwriter, which writes the workbooks that spreadsheets open: what it writes is read by all of them, and its lists
   of styles and parts are long. */
#include <xlsxwriter.h>
#endif
