#include "server/apps/store/returnpage.h"

namespace marea::server::store {

bool likesSpanish(std::string_view acceptLanguage) {
    const std::size_t spanish = acceptLanguage.find("es"), english = acceptLanguage.find("en");
    return spanish != std::string_view::npos && (english == std::string_view::npos || spanish < english);
}

std::string returnPage(bool paid, std::string_view acceptLanguage) {
    const bool es = likesSpanish(acceptLanguage);
    const std::string title =
        paid ? (es ? "Gracias" : "Thank you") : (es ? "No se ha pagado nada" : "Nothing was paid");
    const std::string text =
        paid ? (es ? "Tu compra aparece en Marea en un momento. Puedes cerrar esta página."
                   : "What you bought is in Marea in a moment. You can close this page.")
             : (es ? "Puedes cerrar esta página y volver a Marea." : "You can close this page and go back to Marea.");
    return "<!DOCTYPE html>\n<html lang=\"" + std::string(es ? "es" : "en") +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width\"><title>Marea</title>"
           "<style>body{font:1.1rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:30rem;padding:0 "
           "1rem;color-scheme:light dark}</style></head><body><h1>" +
           title + "</h1><p>" + text + "</p></body></html>\n";
}

}  // namespace marea::server::store
