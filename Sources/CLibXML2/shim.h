// Debian builds libxml2 with ICU, whose headers clash with the ICU inside Swift's Foundation.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/HTMLparser.h>

/// `xmlFree` is a global variable that holds a function, which Swift 6 does not let us call.
static inline void xml_free(void *pointer) { xmlFree(pointer); }
