#include "server/apps/oauth/pagewords.h"

#include "server/gateway/languages.h"

namespace marea::server {

namespace {

constexpr PageWords kEnglish{
    .language = "en",
    .signIn = "Sign in",
    .signInTitle = "Sign in to %1",
    .signInFor = "%1 wants to use this server as you.",
    .signInForDevice = "Sign in to connect a device.",
    .name = "Name",
    .password = "Password",
    .wrongPassword = "The name or the password is wrong.",
    .tryAgainInSeconds = "Too many tries. Try again in %1 seconds.",
    .tryAgainInMinutes = "Too many tries. Try again in %1 minutes.",
    .tooMany = "Too many people are signing in just now. Try again.",
    .ranOut = "This page had been open for too long. Nothing was done. Try again.",
    .allowTitle = "Allow %1?",
    .allowLead = "It will be able to:",
    .mayLibraries = "see and play your libraries",
    .mayState = "change your ratings, your lists and how far you got",
    .mayAccount = "do what else you may do on this server, until you sign it out",
    .backTo = "Afterwards you go on at %1.",
    .backToThisMachine = "Afterwards you go on in a program on this device.",
    .signedInAs = "Signed in as %1",
    .somebodyElse = "Not you?",
    .allow = "Allow",
    .deny = "Don't allow",
    .deviceTitle = "Connect a device",
    .deviceLead = "Type the code that the device shows.",
    .code = "Code",
    .go = "Go on",
    .unknownCode = "There is no such code, or it has run out. Look at the device again.",
    .deviceAllowLead = "It will be able to:",
    .deviceCompare = "The device shows this code:",
    .deviceWarning =
        "Only go on if you have the device in front of you. Somebody who sent you this code wants to get in.",
    .deviceDone = "The device is connected",
    .deviceDoneText = "%1 goes on by itself. You may close this page.",
    .deviceDenied = "The device was refused",
    .deviceDeniedText = "%1 was not signed in. You may close this page.",
    .signInWith = "Sign in with %1",
    .linkFirst =
        "Nobody here is linked to that account at %1 yet. Sign in with your name and password this once, and it is "
        "yours.",
    .externalDown = "%1 cannot be asked just now. Sign in with your name and password instead.",
    .externalRefused = "%1 did not confirm who you are, or that account may not be used here.",
    .externalFailed = "You are not signed in",
    .badRequest = "This link does not work",
    .badClient = "No program is known here by the name that it gave. Nothing was sent to it.",
    .badRedirect = "It leads to an address that the program is not registered with. Nothing was sent there.",
    .goBack = "Go back to the program and start again.",
    .internal = "Something went wrong on the server. Try again in a moment."};

constexpr PageWords kSpanish{
    .language = "es",
    .signIn = "Iniciar sesión",
    .signInTitle = "Inicia sesión en %1",
    .signInFor = "%1 quiere usar este servidor en tu nombre.",
    .signInForDevice = "Inicia sesión para conectar un dispositivo.",
    .name = "Nombre",
    .password = "Contraseña",
    .wrongPassword = "El nombre o la contraseña no son correctos.",
    .tryAgainInSeconds = "Demasiados intentos. Prueba de nuevo dentro de %1 segundos.",
    .tryAgainInMinutes = "Demasiados intentos. Prueba de nuevo dentro de %1 minutos.",
    .tooMany = "Demasiadas personas están iniciando sesión ahora mismo. Prueba de nuevo.",
    .ranOut = "Esta página llevaba demasiado tiempo abierta. No se ha hecho nada. Prueba de nuevo.",
    .allowTitle = "¿Permitir %1?",
    .allowLead = "Podrá:",
    .mayLibraries = "ver y reproducir tus bibliotecas",
    .mayState = "cambiar tus valoraciones, tus listas y por dónde vas",
    .mayAccount = "hacer lo demás que puedes hacer en este servidor, hasta que cierres su sesión",
    .backTo = "Después seguirás en %1.",
    .backToThisMachine = "Después seguirás en un programa de este dispositivo.",
    .signedInAs = "Sesión de %1",
    .somebodyElse = "¿No eres tú?",
    .allow = "Permitir",
    .deny = "No permitir",
    .deviceTitle = "Conectar un dispositivo",
    .deviceLead = "Escribe el código que muestra el dispositivo.",
    .code = "Código",
    .go = "Seguir",
    .unknownCode = "Ese código no existe o ha caducado. Vuelve a mirar el dispositivo.",
    .deviceAllowLead = "Podrá:",
    .deviceCompare = "El dispositivo muestra este código:",
    .deviceWarning = "Sigue solo si tienes el dispositivo delante. Quien te haya enviado este código quiere entrar.",
    .deviceDone = "El dispositivo está conectado",
    .deviceDoneText = "%1 sigue por sí solo. Puedes cerrar esta página.",
    .deviceDenied = "El dispositivo fue rechazado",
    .deviceDeniedText = "%1 no ha iniciado sesión. Puedes cerrar esta página.",
    .signInWith = "Iniciar sesión con %1",
    .linkFirst =
        "Nadie está vinculado aquí todavía a esa cuenta de %1. Inicia sesión esta vez con tu nombre y contraseña y "
        "será tuya.",
    .externalDown = "Ahora mismo no se puede consultar a %1. Inicia sesión con tu nombre y contraseña.",
    .externalRefused = "%1 no ha confirmado quién eres, o esa cuenta no se puede usar aquí.",
    .externalFailed = "No has iniciado sesión",
    .badRequest = "Este enlace no funciona",
    .badClient = "Aquí no se conoce ningún programa con el nombre que dio. No se le ha enviado nada.",
    .badRedirect = "Lleva a una dirección con la que el programa no está registrado. No se ha enviado nada allí.",
    .goBack = "Vuelve al programa y empieza de nuevo.",
    .internal = "Algo ha fallado en el servidor. Prueba de nuevo dentro de un momento."};

}  // namespace

const PageWords& wordsFor(std::string_view acceptLanguage) {
    return preferredLanguage(acceptLanguage) == kSpanishTag ? kSpanish : kEnglish;
}

}  // namespace marea::server
