#include "server/apps/files/fileswords.h"

#include "server/gateway/languages.h"

namespace marea::server {

namespace {

constexpr FilesWords kFilesEnglish{
    .language = "en",
    .decimalPoint = '.',
    .title = "Files to keep",
    .enterTitle = "Titles for this device",
    .enterLead = "Sign in to find titles and keep them here. An app password works too.",
    .enterCodeLead = "Type the code that the computer shows in its settings, under Sharing.",
    .name = "Name",
    .password = "Password",
    .code = "Code",
    .enter = "Go on",
    .leave = "Sign out",
    .browser = "Browser",
    .wrong = "The name or the password is wrong.",
    .wrongCode = "There is no such code, or it was used or has run out.",
    .tooMany = "Too many tries. Try again in a few minutes.",
    .tooManyDevices = "You are signed in on as many devices as you may be. Sign out on another one first.",
    .failed = "Something went wrong on the server. Try again in a moment.",
    .failedTitle = "This did not work",
    .gone = "This is not here",
    .goneText = "It was removed, or it is not yours to see.",
    .refused = "This came from another page. Nothing was done.",
    .back = "Back to the titles",
    .closedTitle = "This is not for download",
    .stopped = "Whoever keeps this server has ended it for now.",
    .folders = "Password for a file manager",
    .foldersTitle = "In a file manager",
    .foldersText =
        "File managers and players that speak WebDAV open the libraries as folders at this address, with this name and "
        "password.",
    .foldersAddress = "Address",
    .foldersOnce =
        "The password is shown this once. It opens the libraries and nothing of the account, and can be removed among "
        "the app passwords.",
    .foldersFull = "There are too many app passwords already. Remove one first.",
    .search = "Search films, series and music",
    .searchShort = "Search titles",
    .films = "Films",
    .series = "Series",
    .music = "Music",
    .foundFor = "Found for “%1”",
    .nothingFound = "Nothing was found for “%1”.",
    .narrower = "There are more. Type more of the name to find them.",
    .empty = "There is nothing here yet.",
    .more = "More",
    .download = "Download",
    .downloadOf = "Download %1",
    .part = "Part %1",
    .isProtected = "Protected: it plays in the player only.",
    .isBroken = "This file is damaged.",
    .season = "Season %1",
    .specials = "Specials",
    .episode = "Episode %1",
    .oneEpisode = "%1 episode",
    .episodes = "%1 episodes",
    .track = "%1 track",
    .tracks = "%1 tracks"};

constexpr FilesWords kFilesSpanish{
    .language = "es",
    .decimalPoint = ',',
    .title = "Archivos para llevar",
    .enterTitle = "Títulos para este dispositivo",
    .enterLead = "Inicia sesión para buscar títulos y guardarlos aquí. También vale una contraseña de aplicación.",
    .enterCodeLead = "Escribe el código que muestra el ordenador en sus ajustes, en Compartir.",
    .name = "Nombre",
    .password = "Contraseña",
    .code = "Código",
    .enter = "Seguir",
    .leave = "Cerrar sesión",
    .browser = "Navegador",
    .wrong = "El nombre o la contraseña no son correctos.",
    .wrongCode = "Ese código no existe, ya se usó o ha caducado.",
    .tooMany = "Demasiados intentos. Prueba de nuevo dentro de unos minutos.",
    .tooManyDevices = "Tienes la sesión abierta en todos los dispositivos que puedes. Ciérrala antes en otro.",
    .failed = "Algo ha fallado en el servidor. Prueba de nuevo dentro de un momento.",
    .failedTitle = "No ha funcionado",
    .gone = "Esto no está aquí",
    .goneText = "Se quitó, o no puedes verlo.",
    .refused = "Esto vino de otra página. No se ha hecho nada.",
    .back = "Volver a los títulos",
    .closedTitle = "Esto no se puede descargar",
    .stopped = "Quien lleva este servidor lo ha cortado por ahora.",
    .folders = "Contraseña para un gestor de archivos",
    .foldersTitle = "En un gestor de archivos",
    .foldersText =
        "Los gestores de archivos y reproductores que hablan WebDAV abren las bibliotecas como carpetas en esta "
        "dirección, con este nombre y contraseña.",
    .foldersAddress = "Dirección",
    .foldersOnce =
        "La contraseña se muestra solo esta vez. Abre las bibliotecas y nada de la cuenta, y se puede quitar entre las "
        "contraseñas de aplicación.",
    .foldersFull = "Ya hay demasiadas contraseñas de aplicación. Quita antes una.",
    .search = "Buscar películas, series y música",
    .searchShort = "Buscar títulos",
    .films = "Películas",
    .series = "Series",
    .music = "Música",
    .foundFor = "Encontrado para «%1»",
    .nothingFound = "No se ha encontrado nada para «%1».",
    .narrower = "Hay más. Escribe más del nombre para encontrarlos.",
    .empty = "Aquí no hay nada todavía.",
    .more = "Más",
    .download = "Descargar",
    .downloadOf = "Descargar %1",
    .part = "Parte %1",
    .isProtected = "Protegido: solo se reproduce en el reproductor.",
    .isBroken = "Este archivo está dañado.",
    .season = "Temporada %1",
    .specials = "Especiales",
    .episode = "Episodio %1",
    .oneEpisode = "%1 episodio",
    .episodes = "%1 episodios",
    .track = "%1 pista",
    .tracks = "%1 pistas"};

}  // namespace

const FilesWords& filesWordsFor(std::string_view acceptLanguage) {
    return preferredLanguage(acceptLanguage) == kSpanishTag ? kFilesSpanish : kFilesEnglish;
}

}  // namespace marea::server
