<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AccountViewModel</name>
    <message>
        <source>this one</source>
        <translation>este</translation>
    </message>
    <message>
        <source>seen %1</source>
        <translation>visto %1</translation>
    </message>
    <message>
        <source>used %1</source>
        <translation>usada %1</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>sin usar todavía</translation>
    </message>
    <message>
        <source>%1, used %2</source>
        <translation>%1, usada %2</translation>
    </message>
</context>
<context>
    <name>AddToPlaylistSheet</name>
    <message>
        <source>Add to playlist</source>
        <translation>Añadir a una lista</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>Lista nueva</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Crear</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>AlbumPage</name>
    <message>
        <source>This album has no tracks.</source>
        <translation>Este álbum no tiene pistas.</translation>
    </message>
    <message>
        <source>Audiobook</source>
        <translation>Audiolibro</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Álbum</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Aleatorio</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>Añadir a la cola</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Quitar de favoritos</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Añadir a favoritos</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
</context>
<context>
    <name>AppContext</name>
    <message>
        <source>Reading into this computer's library: %1.</source>
        <translation>Se está leyendo en la biblioteca de este ordenador: %1.</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Ir allí</translation>
    </message>
    <message>
        <source>What was changed without the server stays on this computer: %1</source>
        <translation>Lo que se cambió sin el servidor se queda en este ordenador: %1</translation>
    </message>
    <message>
        <source>There is no trailer.</source>
        <translation>No hay tráiler.</translation>
    </message>
    <message>
        <source>Trailer: %1</source>
        <translation>Tráiler: %1</translation>
    </message>
    <message>
        <source>A change that was made without the server can&apos;t be taken: %1</source>
        <translation>Un cambio que se hizo sin el servidor no se puede aceptar: %1</translation>
    </message>
</context>
<context>
    <name>ArtistPage</name>
    <message>
        <source>There are no albums of this artist.</source>
        <translation>No hay álbumes de este artista.</translation>
    </message>
    <message numerus="yes">
        <source>%n album(s)</source>
        <translation>
            <numerusform>%n álbum</numerusform>
            <numerusform>%n álbumes</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Quitar de favoritos</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Añadir a favoritos</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Volver a explorar</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Requiere atención</translation>
    </message>
    <message>
        <source>Every file of the library can be played.</source>
        <translation>Todos los archivos de la biblioteca se pueden reproducir.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>There is no library yet.</source>
        <translation>Aún no hay ninguna biblioteca.</translation>
    </message>
</context>
<context>
    <name>AwayBar</name>
    <message>
        <source>Couldn't reach %1. What is on this computer plays all the same.</source>
        <translation>No se puede llegar a %1. Lo que está en este equipo se reproduce igual.</translation>
    </message>
    <message>
        <source>Couldn't reach %1. It goes on when the server is there.</source>
        <translation>No se puede llegar a %1. Sigue cuando el servidor esté.</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n pendiente</numerusform>
            <numerusform>%1, %n pendientes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BuySheet</name>
    <message>
        <source>Thank you</source>
        <translation>Gracias</translation>
    </message>
    <message>
        <source>Waiting for the payment</source>
        <translation>Esperando el pago</translation>
    </message>
    <message>
        <source>Buy</source>
        <translation>Comprar</translation>
    </message>
    <message>
        <source>What you pay</source>
        <translation>Lo que pagas</translation>
    </message>
    <message>
        <source>That is not enough. A voucher adds to it.</source>
        <translation>No alcanza. Un vale lo aumenta.</translation>
    </message>
    <message>
        <source>It is a gift</source>
        <translation>Es un regalo</translation>
    </message>
    <message>
        <source>Name of who gets it</source>
        <translation>Nombre de quien lo recibe</translation>
    </message>
    <message>
        <source>Pay on the page that was opened in your browser. It shows here by itself when it is done; you can close this meanwhile.</source>
        <translation>Paga en la página que se ha abierto en tu navegador. Aquí se verá por sí solo cuando esté hecho; mientras tanto puedes cerrar esto.</translation>
    </message>
    <message>
        <source>Get it</source>
        <translation>Obtener</translation>
    </message>
    <message>
        <source>Pay %1</source>
        <translation>Pagar %1</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Abrir la página otra vez</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>It will be in your library wherever you are signed in, to play and to download.</source>
        <translation>Estará en tu biblioteca dondequiera que inicies sesión, para reproducir y descargar.</translation>
    </message>
</context>
<context>
    <name>CardRow</name>
    <message>
        <source>Scroll back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Scroll on</source>
        <translation>Adelante</translation>
    </message>
</context>
<context>
    <name>CertificateQuestion</name>
    <message>
        <source>The server shows another certificate than before. Go on only if its computer shows this pin now:</source>
        <translation>El servidor muestra otro certificado que antes. Sigue solo si su ordenador muestra ahora esta huella:</translation>
    </message>
    <message>
        <source>Nobody vouches for this server's certificate. Go on if its computer shows the same pin:</source>
        <translation>Nadie responde por el certificado de este servidor. Sigue si su ordenador muestra la misma huella:</translation>
    </message>
    <message>
        <source>Pin: %1</source>
        <translation>Huella: %1</translation>
    </message>
    <message>
        <source>It is the same</source>
        <translation>Es la misma</translation>
    </message>
</context>
<context>
    <name>ChapterRow</name>
    <message>
        <source>Play from %1, %2</source>
        <translation>Reproducir desde %1, %2</translation>
    </message>
</context>
<context>
    <name>Checkout</name>
    <message>
        <source>This is not sold.</source>
        <translation>Esto no se vende.</translation>
    </message>
    <message>
        <source>That is no amount.</source>
        <translation>Eso no es un importe.</translation>
    </message>
    <message>
        <source>It is %1 at least.</source>
        <translation>Es %1 como mínimo.</translation>
    </message>
    <message>
        <source>At least %1</source>
        <translation>Como mínimo %1</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Gratis</translation>
    </message>
    <message>
        <source>You have %1.</source>
        <translation>Tienes %1.</translation>
    </message>
    <message numerus="yes">
        <source>You can give it back for %n day(s), while nothing of it was downloaded and no more than a quarter of it was played.</source>
        <translation>
            <numerusform>Puedes devolverlo durante %n día, mientras no hayas descargado nada ni reproducido más de una cuarta parte.</numerusform>
            <numerusform>Puedes devolverlo durante %n días, mientras no hayas descargado nada ni reproducido más de una cuarta parte.</numerusform>
        </translation>
    </message>
    <message>
        <source>The server did not answer. Try again: it is bought once.</source>
        <translation>El servidor no ha respondido. Inténtalo de nuevo: se compra una sola vez.</translation>
    </message>
    <message>
        <source>This was refunded.</source>
        <translation>Esto se ha reembolsado.</translation>
    </message>
    <message>
        <source>It was not paid. Nothing was taken.</source>
        <translation>No se ha pagado. No se ha cobrado nada.</translation>
    </message>
    <message>
        <source>The page for paying could not be opened in a browser.</source>
        <translation>No se ha podido abrir en un navegador la página para pagar.</translation>
    </message>
    <message>
        <source>%1 has it now.</source>
        <translation>%1 ya lo tiene.</translation>
    </message>
    <message>
        <source>It is yours, and comes on %1.</source>
        <translation>Es tuyo y llega el %1.</translation>
    </message>
    <message>
        <source>It is in your library.</source>
        <translation>Está en tu biblioteca.</translation>
    </message>
</context>
<context>
    <name>ChooseFolders</name>
    <message>
        <source>Chosen folders</source>
        <translation>Carpetas elegidas</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation>Abriendo la biblioteca…</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Empezar</translation>
    </message>
    <message>
        <source>Use a server instead</source>
        <translation>Usar un servidor</translation>
    </message>
</context>
<context>
    <name>CodeSignIn</name>
    <message>
        <source>There is nothing here.</source>
        <translation>Aquí no hay nada.</translation>
    </message>
    <message>
        <source>This sign-in was not begun here. Begin anew in Marea.</source>
        <translation>Este inicio de sesión no empezó aquí. Empieza de nuevo en Marea.</translation>
    </message>
    <message>
        <source>You are signed in. Go back to Marea; this page can be closed.</source>
        <translation>Has iniciado sesión. Vuelve a Marea; puedes cerrar esta página.</translation>
    </message>
    <message>
        <source>You did not sign in. This page can be closed.</source>
        <translation>No has iniciado sesión. Puedes cerrar esta página.</translation>
    </message>
</context>
<context>
    <name>ComputerViewModel</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n archivo</numerusform>
            <numerusform>%n archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder's path begins with a slash: /srv/media/Music.</source>
        <translation>La ruta de una carpeta empieza por una barra: /srv/media/Música.</translation>
    </message>
    <message>
        <source>Another Marea that runs here has this computer's library open.</source>
        <translation>Otra Marea abierta aquí tiene la biblioteca de este ordenador.</translation>
    </message>
</context>
<context>
    <name>ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>%1 · waits for your choice</source>
        <translation>%1 · espera tu elección</translation>
    </message>
    <message>
        <source>%1 · holds</source>
        <translation>%1 · es el que vale</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Conservar</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Elegir</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>Conservar %1</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>Elegir %1</translation>
    </message>
</context>
<context>
    <name>ConflictsPage</name>
    <message>
        <source>Conflicts</source>
        <translation>Conflictos</translation>
    </message>
    <message>
        <source>These were changed on several devices that did not know of each other. One value holds; another can be chosen.</source>
        <translation>Esto se cambió en varios dispositivos que no sabían unos de otros. Un valor es el que vale; se puede elegir otro.</translation>
    </message>
    <message>
        <source>Keep what holds, of all</source>
        <translation>Conservar en todos el que vale</translation>
    </message>
    <message>
        <source>Nothing is contested.</source>
        <translation>No hay conflictos.</translation>
    </message>
    <message>
        <source>What several devices change at once is listed here.</source>
        <translation>Aquí se muestra lo que varios dispositivos cambian a la vez.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>ConflictsViewModel</name>
    <message>
        <source>A playlist that is not here</source>
        <translation>Una lista que no está aquí</translation>
    </message>
    <message>
        <source>A title that is not here</source>
        <translation>Un título que no está aquí</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Valoración</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorito</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Visto</translation>
    </message>
    <message>
        <source>Where one stopped</source>
        <translation>Por dónde se va</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>Who sees it</source>
        <translation>Quién la ve</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Reglas</translation>
    </message>
    <message>
        <source>Deleted or kept</source>
        <translation>Borrado o conservado</translation>
    </message>
    <message>
        <source>Changed, so kept</source>
        <translation>Cambiado, así que se conserva</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Borrado</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>%1 of 5 stars</source>
        <translation>%1 de 5 estrellas</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>En el servidor</translation>
    </message>
    <message>
        <source>On a device that is signed out</source>
        <translation>En un dispositivo que cerró la sesión</translation>
    </message>
</context>
<context>
    <name>CornerPicture</name>
    <message>
        <source>Show the player: %1</source>
        <translation>Mostrar el reproductor: %1</translation>
    </message>
</context>
<context>
    <name>DesktopLink</name>
    <message>
        <source>Downloaded</source>
        <translation>Descargado</translation>
    </message>
</context>
<context>
    <name>DeviceHead</name>
    <message>
        <source>Look again</source>
        <translation>Mirar otra vez</translation>
    </message>
    <message>
        <source>Eject %1</source>
        <translation>Expulsar %1</translation>
    </message>
    <message>
        <source>Ask it to let go</source>
        <translation>Pedirle que lo suelte</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Probar otra vez</translation>
    </message>
    <message>
        <source>Where photos and videos go</source>
        <translation>Dónde van las fotos y los vídeos</translation>
    </message>
    <message>
        <source>Import photos and videos…</source>
        <translation>Importar fotos y vídeos…</translation>
    </message>
</context>
<context>
    <name>DeviceHistory</name>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
</context>
<context>
    <name>DeviceNamesSheet</name>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Nothing has this name.</source>
        <translation>Nada se llama así.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
</context>
<context>
    <name>DevicePage</name>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>This device is not here.</source>
        <translation>Este dispositivo no está aquí.</translation>
    </message>
    <message>
        <source>It is shown again when it is plugged in.</source>
        <translation>Vuelve a mostrarse cuando se conecta.</translation>
    </message>
</context>
<context>
    <name>DevicePlanHead</name>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>What did not come</source>
        <translation>Lo que no llegó</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>y %n más</numerusform>
            <numerusform>y %n más</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Remove files from %1?</source>
        <translation>¿Quitar archivos de %1?</translation>
    </message>
    <message>
        <source>Remove and sync</source>
        <translation>Quitar y sincronizar</translation>
    </message>
    <message>
        <source>Leave them as they are</source>
        <translation>Dejarlos como están</translation>
    </message>
    <message>
        <source>Take this device over</source>
        <translation>Hacerse cargo de este dispositivo</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>DeviceProfileSheet</name>
    <message>
        <source>What %1 plays</source>
        <translation>Lo que reproduce %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Música</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Películas</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Como mucho</translation>
    </message>
    <message>
        <source>What it does not play</source>
        <translation>Lo que no reproduce</translation>
    </message>
    <message>
        <source>Reads playlists</source>
        <translation>Lee listas</translation>
    </message>
    <message>
        <source>For every %1</source>
        <translation>Para todos los %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Back to Marea's own</source>
        <translation>Volver al de Marea</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>Forget %1</source>
        <translation>Olvidar %1</translation>
    </message>
</context>
<context>
    <name>DeviceRules</name>
    <message>
        <source>Choose a folder</source>
        <translation>Elegir una carpeta</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Desde</translation>
    </message>
    <message>
        <source>The server's library</source>
        <translation>La biblioteca del servidor</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>Una carpeta…</translation>
    </message>
    <message>
        <source>What comes; nothing chosen means everything</source>
        <translation>Qué se copia; sin elegir nada, todo</translation>
    </message>
    <message numerus="yes">
        <source>%n playlist(s)</source>
        <translation>
            <numerusform>%n lista</numerusform>
            <numerusform>%n listas</numerusform>
        </translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Listas</translation>
    </message>
    <message numerus="yes">
        <source>%n artist(s)</source>
        <translation>
            <numerusform>%n artista</numerusform>
            <numerusform>%n artistas</numerusform>
        </translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Artistas</translation>
    </message>
    <message>
        <source>Only unwatched</source>
        <translation>Solo lo no visto</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>Cuánto</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n</source>
        <translation>
            <numerusform>El más nuevo</numerusform>
            <numerusform>Los %n más nuevos</numerusform>
        </translation>
    </message>
    <message>
        <source>Any number</source>
        <translation>Sin límite</translation>
    </message>
    <message>
        <source>The newest</source>
        <translation>Los más nuevos</translation>
    </message>
    <message>
        <source>At most %1 GB</source>
        <translation>Como mucho %1 GB</translation>
    </message>
    <message>
        <source>As much as fits</source>
        <translation>Lo que quepa</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Como mucho</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>What it plays</source>
        <translation>Qué reproduce</translation>
    </message>
    <message>
        <source>Where on the device</source>
        <translation>En qué parte del dispositivo</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Change what it plays</source>
        <translation>Cambiar lo que reproduce</translation>
    </message>
    <message>
        <source>Chosen by themselves</source>
        <translation>Elegidos uno a uno</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n título</numerusform>
            <numerusform>%n títulos</numerusform>
        </translation>
    </message>
    <message>
        <source>Only these</source>
        <translation>Solo estos</translation>
    </message>
</context>
<context>
    <name>DeviceViewModel</name>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>Sincronizando</translation>
    </message>
    <message>
        <source>It may be unplugged.</source>
        <translation>Ya se puede desenchufar.</translation>
    </message>
    <message>
        <source>Not here. Synced %1.</source>
        <translation>No está aquí. Sincronizado %1.</translation>
    </message>
    <message>
        <source>Not here.</source>
        <translation>No está aquí.</translation>
    </message>
    <message>
        <source>Looking at what is on it</source>
        <translation>Mirando lo que tiene</translation>
    </message>
    <message>
        <source>Looking at the library</source>
        <translation>Mirando la biblioteca</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 libres</translation>
    </message>
    <message>
        <source>%1 free of %2</source>
        <translation>%1 libres de %2</translation>
    </message>
    <message>
        <source>Sign in to a server, or choose a folder with music and films.</source>
        <translation>Entra en un servidor o elige una carpeta con música y películas.</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sincronizar</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 de %2 archivos</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 is in step. It may be unplugged.</source>
        <translation>%1 está al día. Ya se puede desenchufar.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) did not come to %1.</source>
        <translation>
            <numerusform>%n archivo no llegó a %1.</numerusform>
            <numerusform>%n archivos no llegaron a %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>called off</source>
        <translation>cancelado</translation>
    </message>
    <message>
        <source>%1 may be unplugged.</source>
        <translation>%1 ya se puede desenchufar.</translation>
    </message>
    <message>
        <source>%1 is still in use by another program.</source>
        <translation>Otro programa todavía usa %1.</translation>
    </message>
    <message>
        <source>The file manager did not let go of %1.</source>
        <translation>El gestor de archivos no soltó %1.</translation>
    </message>
    <message>
        <source>What was set for %1 cannot be kept. Is the disk full?</source>
        <translation>No se puede guardar lo ajustado para %1. ¿Está lleno el disco?</translation>
    </message>
    <message>
        <source>Importing photos and videos</source>
        <translation>Importando fotos y vídeos</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) imported from %1.</source>
        <translation>
            <numerusform>%n archivo importado de %1.</numerusform>
            <numerusform>%n archivos importados de %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) did not come from %1.</source>
        <translation>
            <numerusform>%n archivo no llegó de %1.</numerusform>
            <numerusform>%n archivos no llegaron de %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 gets what is in a folder. Choose the server&apos;s library on its page to add titles.</source>
        <translation>%1 recibe lo que hay en una carpeta. Elige la biblioteca del servidor en su página para añadir títulos.</translation>
    </message>
    <message>
        <source>%1 is being synced. Add titles when that is done.</source>
        <translation>%1 se está sincronizando. Añade títulos cuando termine.</translation>
    </message>
    <message>
        <source>Only titles of the library in use go to a device.</source>
        <translation>Solo los títulos de la biblioteca en uso van a un dispositivo.</translation>
    </message>
    <message>
        <source>These are too many titles. Put them into a playlist, and choose that for %1.</source>
        <translation>Son demasiados títulos. Ponlos en una lista y elígela para %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) go to %1 with the next sync.</source>
        <translation>
            <numerusform>%n título va a %1 con la próxima sincronización.</numerusform>
            <numerusform>%n títulos van a %1 con la próxima sincronización.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Not in the library</source>
        <translation>No está en la biblioteca</translation>
    </message>
    <message>
        <source>Looking for photos and videos</source>
        <translation>Buscando fotos y vídeos</translation>
    </message>
    <message>
        <source>Moving and removing files</source>
        <translation>Moviendo y quitando archivos</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Preparando</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were left out; its page says why. %1 may be unplugged.</source>
        <translation>
            <numerusform>%n archivo se quedó fuera; su página dice por qué. Ya se puede desconectar %1.</numerusform>
            <numerusform>%n archivos se quedaron fuera; su página dice por qué. Ya se puede desconectar %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>A playlist that is gone</source>
        <translation>Una lista que ya no está</translation>
    </message>
    <message>
        <source>This folder is on %1, or %1 is in it: what comes would come again. Choose another folder.</source>
        <translation>Esta carpeta está en %1, o %1 está en ella: lo que llega volvería a llegar. Elige otra carpeta.</translation>
    </message>
    <message>
        <source>What other computers put here counts as this one's. What is not chosen here is removed.</source>
        <translation>Lo que otros ordenadores pusieron aquí cuenta como de este. Lo que no está elegido aquí se quita.</translation>
    </message>
    <message>
        <source>%1 is still in use by %2.</source>
        <translation>%2 todavía usa %1.</translation>
    </message>
    <message>
        <source>Write-protected</source>
        <translation>Protegido contra escritura</translation>
    </message>
    <message>
        <source>Looking at what is on it was called off.</source>
        <translation>Se dejó de mirar lo que tiene.</translation>
    </message>
    <message>
        <source>Looking at the library was called off.</source>
        <translation>Se dejó de mirar la biblioteca.</translation>
    </message>
    <message>
        <source>Looking at what is on it: %1 so far</source>
        <translation>Mirando lo que tiene: %1 hasta ahora</translation>
    </message>
    <message>
        <source>Looking at the library: %1 so far</source>
        <translation>Mirando la biblioteca: %1 hasta ahora</translation>
    </message>
    <message>
        <source>Looking at the library: %1 %</source>
        <translation>Mirando la biblioteca: %1 %</translation>
    </message>
</context>
<context>
    <name>DeviceWork</name>
    <message>
        <source>Sync: %1</source>
        <translation>Sincronizar: %1</translation>
    </message>
    <message>
        <source>Import: %1</source>
        <translation>Importar: %1</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>Convertir</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Mover</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>Cambiado allí</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Sin copiar</translation>
    </message>
    <message>
        <source>it is new</source>
        <translation>es nuevo</translation>
    </message>
    <message>
        <source>it has changed</source>
        <translation>ha cambiado</translation>
    </message>
    <message>
        <source>it is missing on the device</source>
        <translation>falta en el dispositivo</translation>
    </message>
    <message>
        <source>it is no longer wanted on this device</source>
        <translation>ya no se quiere en este dispositivo</translation>
    </message>
    <message>
        <source>it has another name or place now</source>
        <translation>ahora tiene otro nombre o lugar</translation>
    </message>
    <message>
        <source>it shows no video</source>
        <translation>no muestra vídeo</translation>
    </message>
    <message>
        <source>somebody changed it on the device; it stays, and is no longer Marea's</source>
        <translation>alguien lo cambió en el dispositivo; se queda y ya no es de Marea</translation>
    </message>
    <message>
        <source>there is no room for %1</source>
        <translation>no hay sitio para %1</translation>
    </message>
    <message>
        <source>its file would be larger than the device's %1</source>
        <translation>su archivo pasaría de los %1 del dispositivo</translation>
    </message>
    <message>
        <source>it does not read %1 files</source>
        <translation>no lee archivos %1</translation>
    </message>
    <message>
        <source>it does not play %1</source>
        <translation>no reproduce %1</translation>
    </message>
    <message>
        <source>it plays at most %1 channels</source>
        <translation>reproduce como mucho %1 canales</translation>
    </message>
    <message>
        <source>it plays at most %1</source>
        <translation>reproduce como mucho %1</translation>
    </message>
    <message>
        <source>its pictures are at most %1</source>
        <translation>sus imágenes son como mucho de %1</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>menos de un minuto</translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>cerca de %n min</numerusform>
            <numerusform>cerca de %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n h</source>
        <translation>
            <numerusform>cerca de %n h</numerusform>
            <numerusform>cerca de %n h</numerusform>
        </translation>
    </message>
    <message>
        <source>The device is no longer there. What it has by now stays, and the next sync goes on.</source>
        <translation>El dispositivo ya no está. Lo que tiene se queda, y la próxima sincronización sigue.</translation>
    </message>
    <message>
        <source>The device does not answer. Unplug it and plug it in again.</source>
        <translation>El dispositivo no responde. Desenchúfalo y vuelve a enchufarlo.</translation>
    </message>
    <message>
        <source>Another program uses the device. Unlock it, choose file transfer, and close file managers that show it.</source>
        <translation>Otro programa usa el dispositivo. Desbloquéalo, elige transferir archivos y cierra los gestores de archivos que lo muestren.</translation>
    </message>
    <message>
        <source>There is no room left on the device.</source>
        <translation>No queda sitio en el dispositivo.</translation>
    </message>
    <message>
        <source>The device is write-protected, or its files belong to somebody else.</source>
        <translation>El dispositivo está protegido, o sus archivos son de otra persona.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>Ya no está.</translation>
    </message>
    <message>
        <source>The device did not keep the file as it was sent.</source>
        <translation>El dispositivo no guardó el archivo como se envió.</translation>
    </message>
    <message>
        <source>Marea's list on the device is damaged. Nothing was changed.</source>
        <translation>La lista de Marea en el dispositivo está dañada. No se cambió nada.</translation>
    </message>
    <message>
        <source>It changed meanwhile. The next sync takes it.</source>
        <translation>Cambió entretanto. La próxima sincronización lo lleva.</translation>
    </message>
    <message>
        <source>The device could not do this.</source>
        <translation>El dispositivo no pudo hacerlo.</translation>
    </message>
    <message>
        <source>The server can no longer be reached. What came stays; the next sync goes on.</source>
        <translation>Ya no se llega al servidor. Lo que llegó se queda; la próxima sincronización sigue.</translation>
    </message>
    <message>
        <source>The server does not give the file.</source>
        <translation>El servidor no da el archivo.</translation>
    </message>
    <message>
        <source>The server did not make the file.</source>
        <translation>El servidor no hizo el archivo.</translation>
    </message>
    <message>
        <source>The server does not make this kind of file.</source>
        <translation>El servidor no hace este tipo de archivo.</translation>
    </message>
    <message>
        <source>Unlock %1 and choose file transfer on its screen.</source>
        <translation>Desbloquea %1 y elige transferir archivos en su pantalla.</translation>
    </message>
    <message>
        <source>Another program (%1) holds the device. Close it there.</source>
        <translation>Otro programa (%1) tiene el dispositivo. Ciérralo allí.</translation>
    </message>
    <message>
        <source>The file manager holds the device.</source>
        <translation>El gestor de archivos tiene el dispositivo.</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Música</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episodios</translation>
    </message>
    <message>
        <source>Audiobooks</source>
        <translation>Audiolibros</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Películas</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Vídeos</translation>
    </message>
    <message>
        <source>Any player</source>
        <translation>Cualquier reproductor</translation>
    </message>
    <message>
        <source>Android phone</source>
        <translation>Teléfono Android</translation>
    </message>
    <message>
        <source>USB stick for a car</source>
        <translation>Memoria USB para el coche</translation>
    </message>
    <message>
        <source>Plays everything</source>
        <translation>Lo reproduce todo</translation>
    </message>
    <message numerus="yes">
        <source>%n to copy</source>
        <translation>
            <numerusform>%n por copiar</numerusform>
            <numerusform>%n por copiar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to convert</source>
        <translation>
            <numerusform>%n por convertir</numerusform>
            <numerusform>%n por convertir</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to move</source>
        <translation>
            <numerusform>%n por mover</numerusform>
            <numerusform>%n por mover</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to remove</source>
        <translation>
            <numerusform>%n por quitar</numerusform>
            <numerusform>%n por quitar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed there</source>
        <translation>
            <numerusform>%n cambiado allí</numerusform>
            <numerusform>%n cambiados allí</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n sin copiar</numerusform>
            <numerusform>%n sin copiar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n there already</source>
        <translation>
            <numerusform>%n ya está</numerusform>
            <numerusform>%n ya están</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is there</source>
        <translation>Ya está todo</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>Ordenar</translation>
    </message>
    <message numerus="yes">
        <source>Sync %n item(s)</source>
        <translation>
            <numerusform>Sincronizar %n elemento</numerusform>
            <numerusform>Sincronizar %n elementos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n written</source>
        <translation>
            <numerusform>%n copiado</numerusform>
            <numerusform>%n copiados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <translation>
            <numerusform>%n movido</numerusform>
            <numerusform>%n movidos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>%n quitado</numerusform>
            <numerusform>%n quitados</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n did not come</source>
        <translation>
            <numerusform>%n no llegó</numerusform>
            <numerusform>%n no llegaron</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>nada que hacer</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Otros</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libre</translation>
    </message>
    <message>
        <source>There is no room left on the computer.</source>
        <translation>No queda sitio en el ordenador.</translation>
    </message>
    <message>
        <source>The library's folder is on this device, or the device is in it: what comes would come again. Choose another folder.</source>
        <translation>La carpeta de la biblioteca está en este dispositivo, o el dispositivo está en ella: lo que llega volvería a llegar. Elige otra carpeta.</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>No hay ninguna carpeta %1.</translation>
    </message>
    <message>
        <source>%1 cannot be read, so it is not known what is in the library. Nothing was changed.</source>
        <translation>No se puede leer %1, así que no se sabe qué hay en la biblioteca. No se cambió nada.</translation>
    </message>
    <message>
        <source>The folder holds no music and no films. Is its drive there?</source>
        <translation>En la carpeta no hay música ni películas. ¿Está conectado su disco?</translation>
    </message>
    <message>
        <source>There is no room on the computer for the file on its way.</source>
        <translation>En el ordenador no hay sitio para el archivo que está en camino.</translation>
    </message>
    <message>
        <source>The file could not be converted.</source>
        <translation>No se pudo convertir el archivo.</translation>
    </message>
    <message>
        <source>Marea does not make this kind of file.</source>
        <translation>Marea no hace este tipo de archivo.</translation>
    </message>
    <message numerus="yes">
        <source>%n of the files that Marea put there will be removed (%1).</source>
        <translation>
            <numerusform>Se quitará %n de los archivos que puso Marea (%1).</numerusform>
            <numerusform>Se quitarán %n de los archivos que puso Marea (%1).</numerusform>
        </translation>
    </message>
    <message>
        <source>What others put there stays.</source>
        <translation>Lo que pusieron otros se queda.</translation>
    </message>
    <message>
        <source>Of another computer</source>
        <translation>De otro ordenador</translation>
    </message>
    <message>
        <source>it belongs to another computer; it stays</source>
        <translation>es de otro ordenador; se queda</translation>
    </message>
    <message>
        <source>it belongs to %1; it stays</source>
        <translation>es de %1; se queda</translation>
    </message>
    <message numerus="yes">
        <source>%n of another computer</source>
        <translation>
            <numerusform>%n de otro ordenador</numerusform>
            <numerusform>%n de otro ordenador</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on this device (%1) came from %2. They stay.</source>
        <translation>
            <numerusform>%n archivo de este dispositivo (%1) vino de %2. Se queda.</numerusform>
            <numerusform>%n archivos de este dispositivo (%1) vinieron de %2. Se quedan.</numerusform>
        </translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>otro ordenador</translation>
    </message>
    <message>
        <source>The device is write-protected: nothing can be put on it or removed. Photos and videos can be imported from it.</source>
        <translation>El dispositivo está protegido contra escritura: no se puede poner ni quitar nada. Sí se pueden importar sus fotos y vídeos.</translation>
    </message>
    <message>
        <source>the player does not take this list</source>
        <translation>el reproductor no acepta esta lista</translation>
    </message>
    <message>
        <source>there are more files than Marea can keep a list of on one device</source>
        <translation>hay más archivos de los que Marea puede llevar en la lista de un dispositivo</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>¿Olvidar %1?</translation>
    </message>
    <message>
        <source>What was set for it and its history go. The files on it stay.</source>
        <translation>Se borran sus ajustes y su historial. Los archivos que tiene se quedan.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Olvidar</translation>
    </message>
    <message>
        <source>No device is plugged in.</source>
        <translation>No hay ningún dispositivo enchufado.</translation>
    </message>
    <message>
        <source>Plug in a phone, a player or a stick, to put music and films on it.</source>
        <translation>Enchufa un teléfono, un reproductor o una memoria para ponerle música y películas.</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) were changed on several devices at once</source>
        <translation>
            <numerusform>%n valor se cambió en varios dispositivos a la vez</numerusform>
            <numerusform>%n valores se cambiaron en varios dispositivos a la vez</numerusform>
        </translation>
    </message>
    <message>
        <source>One holds; another can be chosen.</source>
        <translation>Uno es el que vale; se puede elegir otro.</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Verlos</translation>
    </message>
</context>
<context>
    <name>DownloadButton</name>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Remove from this computer</source>
        <translation>Quitar de este equipo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descargar</translation>
    </message>
    <message>
        <source>Keep on this computer</source>
        <translation>Guardar en este equipo</translation>
    </message>
</context>
<context>
    <name>DownloadRow</name>
    <message>
        <source>Play %1</source>
        <translation>Reproducir %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Remove from this computer</source>
        <translation>Quitar de este equipo</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>The server did not make the file.</source>
        <translation>El servidor no hizo el archivo.</translation>
    </message>
    <message>
        <source>This title is not yours any more.</source>
        <translation>Este título ya no es tuyo.</translation>
    </message>
</context>
<context>
    <name>DownloadsModel</name>
    <message>
        <source>Paused: there is no room on the disk. It goes on when there is.</source>
        <translation>En pausa: no hay sitio en el disco. Sigue cuando lo haya.</translation>
    </message>
    <message>
        <source>Paused: the limit for downloads is reached. Raise it, or remove something.</source>
        <translation>En pausa: se alcanzó el límite de las descargas. Súbelo o quita algo.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>%1, %2 kbit/s</source>
        <translation>%1, %2 kbit/s</translation>
    </message>
    <message>
        <source>Fetched ahead</source>
        <translation>Traído por adelantado</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>En este equipo</translation>
    </message>
    <message>
        <source>The server makes the file</source>
        <translation>El servidor prepara el archivo</translation>
    </message>
    <message>
        <source>Goes on when the server is there</source>
        <translation>Sigue cuando el servidor esté</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>Protected. Connect to your server to play it.</source>
        <translation>Protegido. Conéctate a tu servidor para reproducirlo.</translation>
    </message>
    <message>
        <source>On this computer, to be played until %1</source>
        <translation>En este equipo; se puede reproducir hasta el %1</translation>
    </message>
    <message>
        <source>Its licence ended on %1. Connect to your server to renew it.</source>
        <translation>Su licencia terminó el %1. Conéctate a tu servidor para renovarla.</translation>
    </message>
</context>
<context>
    <name>DownloadsPage</name>
    <message>
        <source>Downloads</source>
        <translation>Descargas</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Límite</translation>
    </message>
    <message>
        <source>Fetch what is next by itself</source>
        <translation>Traer lo siguiente automáticamente</translation>
    </message>
    <message>
        <source>Nothing is on this computer yet.</source>
        <translation>Todavía no hay nada en este equipo.</translation>
    </message>
    <message>
        <source>Choose Download on a film, an episode or an album, to have it without the server too.</source>
        <translation>Elige Descargar en una película, un episodio o un álbum para tenerlo también sin el servidor.</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>¿Quitar %1?</translation>
    </message>
    <message>
        <source>It stays on the server.</source>
        <translation>Sigue en el servidor.</translation>
    </message>
    <message>
        <source>%1 are free then. It stays on the server.</source>
        <translation>Así quedan libres %1. Sigue en el servidor.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
</context>
<context>
    <name>ElsewhereBar</name>
    <message>
        <source>Paused on %1</source>
        <translation>En pausa en %1</translation>
    </message>
    <message>
        <source>Playing on %1</source>
        <translation>Se reproduce en %1</translation>
    </message>
    <message>
        <source>Go on there</source>
        <translation>Continuar allí</translation>
    </message>
    <message>
        <source>Pause there</source>
        <translation>Pausar allí</translation>
    </message>
    <message>
        <source>Play here</source>
        <translation>Reproducir aquí</translation>
    </message>
</context>
<context>
    <name>EmptyLibrary</name>
    <message>
        <source>The library is being read. Films and music appear here as they are found.</source>
        <translation>Se está leyendo la biblioteca. Las películas y la música aparecen aquí según se encuentran.</translation>
    </message>
    <message>
        <source>There is nothing in the library's folders yet.</source>
        <translation>Aún no hay nada en las carpetas de la biblioteca.</translation>
    </message>
    <message>
        <source>The server has no library yet.</source>
        <translation>El servidor aún no tiene biblioteca.</translation>
    </message>
    <message>
        <source>Add a folder of films, series or music on the server's computer.</source>
        <translation>Añade una carpeta de películas, series o música del ordenador del servidor.</translation>
    </message>
    <message>
        <source>Who owns the server can add a folder of films or music.</source>
        <translation>Quien es dueño del servidor puede añadir una carpeta de películas o música.</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Volver a explorar</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Añadir una carpeta</translation>
    </message>
    <message>
        <source>There are no folders in this computer's library yet.</source>
        <translation>La biblioteca de este ordenador no tiene carpetas todavía.</translation>
    </message>
    <message>
        <source>Add one of films, series or music.</source>
        <translation>Añade una de películas, series o música.</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>No title fits the rules now.</source>
        <translation>Ahora ningún título cumple las reglas.</translation>
    </message>
    <message>
        <source>There is nothing in this playlist yet.</source>
        <translation>Todavía no hay nada en esta lista.</translation>
    </message>
    <message>
        <source>Add titles by their menu, or drag tracks onto the playlist's name.</source>
        <translation>Añade títulos desde su menú o arrastra pistas hasta el nombre de la lista.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>EpisodeRow</name>
    <message>
        <source>Play %1</source>
        <translation>Reproducir %1</translation>
    </message>
</context>
<context>
    <name>FacetsViewModel</name>
    <message>
        <source>Any year</source>
        <translation>Cualquier año</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>Any rating</source>
        <translation>Cualquier valoración</translation>
    </message>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n estrella</numerusform>
            <numerusform>%n estrellas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n star(s) or more</source>
        <translation>
            <numerusform>%n estrella o más</numerusform>
            <numerusform>%n estrellas o más</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Clear</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Ocultar la contraseña</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Mostrar la contraseña</translation>
    </message>
</context>
<context>
    <name>FileOpener</name>
    <message>
        <source>Open file</source>
        <translation>Abrir archivo</translation>
    </message>
    <message>
        <source>Films and music</source>
        <translation>Películas y música</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
</context>
<context>
    <name>FilmPage</name>
    <message>
        <source>Resume at %1</source>
        <translation>Seguir en %1</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>Desde el principio</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Quitar de favoritos</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Añadir a favoritos</translation>
    </message>
    <message>
        <source>Mark as not watched</source>
        <translation>Marcar como no vista</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Marcar como vista</translation>
    </message>
    <message>
        <source>Audio: %1</source>
        <translation>Audio: %1</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Subtitles: %1</source>
        <translation>Subtítulos: %1</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtítulos</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Capítulos</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Parecidos</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>What %1 is in</source>
        <translation>En qué sale %1</translation>
    </message>
    <message>
        <source>Trailer</source>
        <translation>Tráiler</translation>
    </message>
    <message>
        <source>No subtitles</source>
        <translation>Sin subtítulos</translation>
    </message>
</context>
<context>
    <name>FilmsPage</name>
    <message>
        <source>There are no films in the library yet.</source>
        <translation>Aún no hay películas en la biblioteca.</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Películas</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>In progress</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoritos</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Visto</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message numerus="yes">
        <source>%n genre(s)</source>
        <translation>
            <numerusform>%n género</numerusform>
            <numerusform>%n géneros</numerusform>
        </translation>
    </message>
    <message>
        <source>No genres are known here.</source>
        <translation>Aquí no se conocen géneros.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Valoración</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Quitar filtros</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose a folder</source>
        <translation>Elegir una carpeta</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>/srv/media/Music</source>
        <translation>/srv/media/Música</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Home</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Películas</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Música</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Descargas</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Tienda</translation>
    </message>
</context>
<context>
    <name>GenreGrid</name>
    <message>
        <source>Genres</source>
        <translation>Géneros</translation>
    </message>
    <message>
        <source>The tags of the music name no genres.</source>
        <translation>Las etiquetas de la música no nombran géneros.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Recently added films</source>
        <translation>Películas recientes</translation>
    </message>
    <message>
        <source>Recently added series</source>
        <translation>Series recientes</translation>
    </message>
    <message>
        <source>Recently added albums</source>
        <translation>Álbumes recientes</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>New in %1</source>
        <translation>Novedades en %1</translation>
    </message>
    <message>
        <source>From the store</source>
        <translation>De la tienda</translation>
    </message>
    <message>
        <source>Next up</source>
        <translation>Lo siguiente</translation>
    </message>
</context>
<context>
    <name>HouseholdViewModel</name>
    <message>
        <source>Owner</source>
        <translation>Propietario</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>Niño</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Miembro</translation>
    </message>
    <message numerus="yes">
        <source>up to %n year(s)</source>
        <translation>
            <numerusform>hasta %n año</numerusform>
            <numerusform>hasta %n años</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n librar(y/ies)</source>
        <translation>
            <numerusform>%n biblioteca</numerusform>
            <numerusform>%n bibliotecas</numerusform>
        </translation>
    </message>
    <message>
        <source>seen %1</source>
        <translation>visto %1</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>Se quitó %1.</translation>
    </message>
</context>
<context>
    <name>ItemViewModel</name>
    <message>
        <source>Chapter %1</source>
        <translation>Capítulo %1</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>Seguir con %1</translation>
    </message>
    <message>
        <source>Play %1</source>
        <translation>Reproducir %1</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Con</translation>
    </message>
    <message>
        <source>Composed by</source>
        <translation>Música de</translation>
    </message>
    <message>
        <source>Words by</source>
        <translation>Letra de</translation>
    </message>
    <message>
        <source>Conducted by</source>
        <translation>Dirección de</translation>
    </message>
    <message>
        <source>Produced by</source>
        <translation>Producción de</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Sello</translation>
    </message>
</context>
<context>
    <name>JobWork</name>
    <message numerus="yes">
        <source>%1: %n title(s)</source>
        <translation>
            <numerusform>%1: %n título</numerusform>
            <numerusform>%1: %n títulos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Thumbnails</source>
        <translation>Miniaturas</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descarga</translation>
    </message>
    <message>
        <source>Film made ahead</source>
        <translation>Película preparada</translation>
    </message>
    <message>
        <source>Picture quality</source>
        <translation>Calidad de imagen</translation>
    </message>
    <message>
        <source>Reading through</source>
        <translation>Lectura completa</translation>
    </message>
    <message>
        <source>Other work</source>
        <translation>Otros trabajos</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Home, films, series, music, playlists</source>
        <translation>Inicio, películas, series, música, listas</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Back, forward</source>
        <translation>Atrás, adelante</translation>
    </message>
    <message>
        <source>Arrows, Return</source>
        <translation>Flechas, Intro</translation>
    </message>
    <message>
        <source>Move, open or play</source>
        <translation>Moverse, abrir o reproducir</translation>
    </message>
    <message>
        <source>Menu, Shift+F10</source>
        <translation>Menú, Mayús+F10</translation>
    </message>
    <message>
        <source>What one can do with a title</source>
        <translation>Lo que se puede hacer con un título</translation>
    </message>
    <message>
        <source>To a letter of a list</source>
        <translation>A una letra de la lista</translation>
    </message>
    <message>
        <source>Shift, Ctrl and arrows</source>
        <translation>Mayús, Ctrl y flechas</translation>
    </message>
    <message>
        <source>Choose several tracks</source>
        <translation>Elegir varias pistas</translation>
    </message>
    <message>
        <source>Choose all tracks</source>
        <translation>Elegir todas las pistas</translation>
    </message>
    <message>
        <source>Move an entry of a playlist</source>
        <translation>Mover una entrada de una lista</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Remove an entry or a playlist</source>
        <translation>Quitar una entrada o una lista</translation>
    </message>
    <message>
        <source>Stars, where stars are</source>
        <translation>Estrellas, donde las hay</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Reproducir o pausar</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Abrir archivo</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Esta lista</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>Reproductor</translation>
    </message>
    <message>
        <source>Shift and the wheel</source>
        <translation>Mayús y la rueda</translation>
    </message>
    <message>
        <source>Scroll a row of cards</source>
        <translation>Desplazar una fila de tarjetas</translation>
    </message>
</context>
<context>
    <name>KeysView</name>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
</context>
<context>
    <name>PlayerKeyNames</name>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Reproducir o pausar</translation>
    </message>
    <message>
        <source>10 seconds back, on</source>
        <translation>10 segundos atrás, adelante</translation>
    </message>
    <message>
        <source>5 seconds back, on</source>
        <translation>5 segundos atrás, adelante</translation>
    </message>
    <message>
        <source>Louder, softer</source>
        <translation>Más alto, más bajo</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Silenciar</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Capítulos</translation>
    </message>
    <message>
        <source>Page up, page down</source>
        <translation>Re Pág, Av Pág</translation>
    </message>
    <message>
        <source>Next, previous chapter</source>
        <translation>Capítulo siguiente, anterior</translation>
    </message>
    <message>
        <source>Next subtitles</source>
        <translation>Subtítulos siguientes</translation>
    </message>
    <message>
        <source>Next, previous title</source>
        <translation>Título siguiente, anterior</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Estadísticas</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Esta lista</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Slower, faster</source>
        <translation>Más lento, más rápido</translation>
    </message>
    <message>
        <source>Repeat a part</source>
        <translation>Repetir una parte</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Guardar la imagen</translation>
    </message>
    <message>
        <source>Small window</source>
        <translation>Ventana pequeña</translation>
    </message>
    <message>
        <source>HDR window</source>
        <translation>Ventana HDR</translation>
    </message>
</context>
<context>
    <name>LetterRail</name>
    <message>
        <source>Letters</source>
        <translation>Letras</translation>
    </message>
</context>
<context>
    <name>LibrariesViewModel</name>
    <message>
        <source>Scanning: %1 of %2 files</source>
        <translation>Explorando: %1 de %2 archivos</translation>
    </message>
    <message>
        <source>Scanning: %1 files</source>
        <translation>Explorando: %1 archivos</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n archivo</numerusform>
            <numerusform>%n archivos</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 de %2 archivos</translation>
    </message>
</context>
<context>
    <name>LyricsView</name>
    <message>
        <source>Lyrics</source>
        <translation>Letra</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Drop files to play them, a folder to add it</source>
        <translation>Suelta archivos para reproducirlos, una carpeta para añadirla</translation>
    </message>
    <message>
        <source>Add to this computer's library?</source>
        <translation>¿Añadir a la biblioteca de este ordenador?</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Close Marea while it works on %1?</source>
        <translation>¿Cerrar Marea mientras trabaja con %1?</translation>
    </message>
    <message>
        <source>What is done by now stays, and the next sync goes on from there.</source>
        <translation>Lo hecho hasta ahora se queda, y la próxima sincronización sigue desde ahí.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>MatchSheet</name>
    <message>
        <source>Fix match: %1</source>
        <translation>Corregir coincidencia: %1</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>What it may be</source>
        <translation>Lo que puede ser</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>It is none of these</source>
        <translation>No es ninguno de estos</translation>
    </message>
</context>
<context>
    <name>MatchViewModel</name>
    <message>
        <source>It was taken for the marked one.</source>
        <translation>Se tomó por el que está marcado.</translation>
    </message>
    <message>
        <source>It could not be told which of these it is.</source>
        <translation>No se pudo saber cuál de estos es.</translation>
    </message>
    <message>
        <source>Nothing was found. Other words may help.</source>
        <translation>No se encontró nada. Prueba con otras palabras.</translation>
    </message>
    <message>
        <source>It is not looked up.</source>
        <translation>No se busca información.</translation>
    </message>
    <message>
        <source>It has not been looked up yet.</source>
        <translation>Aún no se ha buscado.</translation>
    </message>
    <message>
        <source>What was found is shown now.</source>
        <translation>Ahora se muestra lo encontrado.</translation>
    </message>
    <message>
        <source>What was looked up is gone.</source>
        <translation>Lo que se buscó ya no está.</translation>
    </message>
</context>
<context>
    <name>MediaCard</name>
    <message>
        <source>Play %1</source>
        <translation>Reproducir %1</translation>
    </message>
</context>
<context>
    <name>MemberSheet</name>
    <message>
        <source>Add somebody</source>
        <translation>Añadir a alguien</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Editar %1</translation>
    </message>
    <message>
        <source>As for all</source>
        <translation>Como para todos</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>New password, or leave it as it is</source>
        <translation>Contraseña nueva, o déjala como está</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Miembro</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>Niño</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Propietario</translation>
    </message>
    <message>
        <source>For the age of, at most</source>
        <translation>Para la edad de, como máximo</translation>
    </message>
    <message>
        <source>Also titles without a rating</source>
        <translation>También títulos sin clasificación</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotecas</translation>
    </message>
    <message>
        <source>All, also those to come</source>
        <translation>Todas, también las futuras</translation>
    </message>
    <message>
        <source>Plays at once</source>
        <translation>Reproducciones a la vez</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>A new role or password signs them out everywhere.</source>
        <translation>Un papel o una contraseña nuevos cierran su sesión en todas partes.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>MiniPlayer</name>
    <message>
        <source>Show the player: %1</source>
        <translation>Mostrar el reproductor: %1</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Activar sonido</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Silenciar</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Ctrl+Espacio</translation>
    </message>
</context>
<context>
    <name>MusicPage</name>
    <message>
        <source>Albums</source>
        <translation>Álbumes</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Artistas</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Pistas</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Música</translation>
    </message>
    <message>
        <source>There are no albums in the library yet.</source>
        <translation>Aún no hay álbumes en la biblioteca.</translation>
    </message>
    <message>
        <source>There are no artists in the library yet.</source>
        <translation>Aún no hay artistas en la biblioteca.</translation>
    </message>
    <message>
        <source>There are no tracks in the library yet.</source>
        <translation>Aún no hay pistas en la biblioteca.</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>Géneros</translation>
    </message>
</context>
<context>
    <name>MusicView</name>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>Lyrics</source>
        <translation>Letra</translation>
    </message>
    <message>
        <source>Passed over %1. %2</source>
        <translation>Se ha saltado %1. %2</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Portada</translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n pendiente</numerusform>
            <numerusform>%1, %n pendientes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewPasswordSheet</name>
    <message>
        <source>Password for %1</source>
        <translation>Contraseña para %1</translation>
    </message>
    <message>
        <source>It is shown this once. Type it into the app with your name and the server's address.</source>
        <translation>Solo se muestra esta vez. Escríbela en la aplicación con tu nombre y la dirección del servidor.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Name: %1</source>
        <translation>Nombre: %1</translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>Servidor: %1</translation>
    </message>
    <message>
        <source>The server's address as a QR code</source>
        <translation>La dirección del servidor como código QR</translation>
    </message>
    <message>
        <source>This address is of this computer alone. A phone needs the one that it has in your network.</source>
        <translation>Esta dirección solo vale en este ordenador. Un teléfono necesita la que tiene en tu red.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Hecho</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>OfferPage</name>
    <message>
        <source>New product</source>
        <translation>Producto nuevo</translation>
    </message>
    <message>
        <source>Edit product</source>
        <translation>Editar producto</translation>
    </message>
    <message>
        <source>What is sold</source>
        <translation>Qué se vende</translation>
    </message>
    <message>
        <source>A title that is not there any more</source>
        <translation>Un título que ya no está</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>Find a film, an album or a series</source>
        <translation>Busca una película, un álbum o una serie</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>Añadir %1</translation>
    </message>
    <message>
        <source>How it is shown</source>
        <translation>Cómo se muestra</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>What people should know of it</source>
        <translation>Lo que conviene saber de ello</translation>
    </message>
    <message>
        <source>On the shelf of staff picks</source>
        <translation>En el estante de recomendados</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Precio</translation>
    </message>
    <message>
        <source>Fixed price</source>
        <translation>Precio fijo</translation>
    </message>
    <message>
        <source>Pay what you like</source>
        <translation>Paga lo que quieras</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Gratis</translation>
    </message>
    <message>
        <source>The price is the least that people pay. It may be 0.</source>
        <translation>El precio es lo mínimo que se paga. Puede ser 0.</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Moneda</translation>
    </message>
    <message>
        <source>Remove this price</source>
        <translation>Quitar este precio</translation>
    </message>
    <message>
        <source>In another currency</source>
        <translation>En otra moneda</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>Rebaja</translation>
    </message>
    <message>
        <source>Percent off</source>
        <translation>% de rebaja</translation>
    </message>
    <message>
        <source>First day of the sale</source>
        <translation>Primer día de la rebaja</translation>
    </message>
    <message>
        <source>From 2026-12-20</source>
        <translation>Desde 2026-12-20</translation>
    </message>
    <message>
        <source>Day on which the sale is over</source>
        <translation>Día en que acaba la rebaja</translation>
    </message>
    <message>
        <source>Until 2027-01-07</source>
        <translation>Hasta 2027-01-07</translation>
    </message>
    <message>
        <source>When and where</source>
        <translation>Cuándo y dónde</translation>
    </message>
    <message>
        <source>Comes on, or empty: at once</source>
        <translation>Llega el día, o vacío: enseguida</translation>
    </message>
    <message>
        <source>Comes on 2027-03-01</source>
        <translation>Llega el 2027-03-01</translation>
    </message>
    <message>
        <source>Countries, or empty: everywhere</source>
        <translation>Países, o vacío: en todas partes</translation>
    </message>
    <message>
        <source>Countries, such as ES, PT</source>
        <translation>Países, como ES, PT</translation>
    </message>
    <message>
        <source>Until it comes it can be ordered ahead.</source>
        <translation>Hasta que llegue se puede reservar.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publicar</translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation>Guardar como borrador</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>OfferTexts</name>
    <message>
        <source>A currency is a code of three letters, such as EUR.</source>
        <translation>Una moneda es un código de tres letras, como EUR.</translation>
    </message>
    <message>
        <source>“%1” is no amount.</source>
        <translation>«%1» no es un importe.</translation>
    </message>
    <message>
        <source>%1 has two prices.</source>
        <translation>%1 tiene dos precios.</translation>
    </message>
    <message>
        <source>It needs a price, or to be free.</source>
        <translation>Necesita un precio o ser gratis.</translation>
    </message>
    <message>
        <source>A sale is of 1 to 100 percent.</source>
        <translation>Una rebaja es del 1 al 100 por ciento.</translation>
    </message>
    <message>
        <source>A sale needs its first day and a later one on which it is over, such as 2026-12-24.</source>
        <translation>Una rebaja necesita su primer día y otro posterior en que acaba, como 2026-12-24.</translation>
    </message>
    <message>
        <source>“%1” is no country's code of two letters.</source>
        <translation>«%1» no es el código de dos letras de un país.</translation>
    </message>
    <message>
        <source>Choose what is sold first.</source>
        <translation>Elige primero qué se vende.</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>Necesita un nombre.</translation>
    </message>
    <message>
        <source>A day is written as 2026-12-24.</source>
        <translation>Un día se escribe como 2026-12-24.</translation>
    </message>
</context>
<context>
    <name>OfferViewModel</name>
    <message>
        <source>A bundle</source>
        <translation>Un lote</translation>
    </message>
    <message>
        <source>An album, with what is added to it later</source>
        <translation>Un álbum, con lo que se le añada después</translation>
    </message>
    <message>
        <source>A season, with what is added to it later</source>
        <translation>Una temporada, con lo que se le añada después</translation>
    </message>
    <message>
        <source>A series, with what is added to it later</source>
        <translation>Una serie, con lo que se le añada después</translation>
    </message>
    <message>
        <source>One title</source>
        <translation>Un título</translation>
    </message>
</context>
<context>
    <name>OfflineViewModel</name>
    <message>
        <source>%1 of %2 used</source>
        <translation>%1 de %2 en uso</translation>
    </message>
    <message>
        <source>%1 used, %2 free on the disk</source>
        <translation>%1 en uso, %2 libres en el disco</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Sin límite</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Tal cual</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequeño</translation>
    </message>
    <message>
        <source>For every player</source>
        <translation>Para cualquier reproductor</translation>
    </message>
</context>
<context>
    <name>OrderRow</name>
    <message>
        <source>Pay</source>
        <translation>Pagar</translation>
    </message>
    <message>
        <source>Pay for %1</source>
        <translation>Pagar %1</translation>
    </message>
    <message>
        <source>Play %1</source>
        <translation>Reproducir %1</translation>
    </message>
    <message>
        <source>Show %1, to download it again</source>
        <translation>Mostrar %1 para descargarlo de nuevo</translation>
    </message>
    <message>
        <source>Receipt for %1</source>
        <translation>Recibo de %1</translation>
    </message>
    <message>
        <source>Give %1 back</source>
        <translation>Devolver %1</translation>
    </message>
</context>
<context>
    <name>OrderSheet</name>
    <message>
        <source>Show in the store</source>
        <translation>Ver en la tienda</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>OrdersModel</name>
    <message>
        <source>A gift</source>
        <translation>Un regalo</translation>
    </message>
    <message>
        <source>Receipt %1</source>
        <translation>Recibo %1</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Gratis</translation>
    </message>
    <message numerus="yes">
        <source>What was paid comes back, and it leaves your library at once. This is possible for %n day(s), while nothing of it was downloaded and no more than a quarter of it was played.</source>
        <translation>
            <numerusform>Se devuelve lo que pagaste y sale de tu biblioteca enseguida. Es posible durante %n día, mientras no hayas descargado nada ni reproducido más de una cuarta parte.</numerusform>
            <numerusform>Se devuelve lo que pagaste y sale de tu biblioteca enseguida. Es posible durante %n días, mientras no hayas descargado nada ni reproducido más de una cuarta parte.</numerusform>
        </translation>
    </message>
    <message>
        <source>The receipt could not be written to %1.</source>
        <translation>No se ha podido escribir el recibo en %1.</translation>
    </message>
    <message>
        <source>The receipt is in %1.</source>
        <translation>El recibo está en %1.</translation>
    </message>
    <message>
        <source>%1 is being refunded.</source>
        <translation>Se está reembolsando %1.</translation>
    </message>
    <message>
        <source>%1 was refunded.</source>
        <translation>Se ha reembolsado %1.</translation>
    </message>
    <message>
        <source>The page for paying could not be opened in a browser.</source>
        <translation>No se ha podido abrir en un navegador la página para pagar.</translation>
    </message>
</context>
<context>
    <name>PageState</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>PairSheet</name>
    <message>
        <source>Paired</source>
        <translation>Emparejados</translation>
    </message>
    <message>
        <source>Pair another computer</source>
        <translation>Emparejar otro ordenador</translation>
    </message>
    <message>
        <source>Open this on the other computer, too. Then choose it on one of the two.</source>
        <translation>Abre esto también en el otro ordenador. Luego elígelo en uno de los dos.</translation>
    </message>
    <message>
        <source>Paired already</source>
        <translation>Ya emparejado</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Emparejar</translation>
    </message>
    <message>
        <source>Pair with %1</source>
        <translation>Emparejar con %1</translation>
    </message>
    <message>
        <source>Looking for computers in the network…</source>
        <translation>Buscando ordenadores en la red…</translation>
    </message>
    <message>
        <source>Address of the other computer</source>
        <translation>Dirección del otro ordenador</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conectando…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Conectar</translation>
    </message>
    <message>
        <source>This computer is “%1”, at %2.</source>
        <translation>Este ordenador es «%1», en %2.</translation>
    </message>
    <message>
        <source>This computer is on no network.</source>
        <translation>Este ordenador no está en ninguna red.</translation>
    </message>
    <message>
        <source>Does “%1” show the same digits?</source>
        <translation>¿Muestra «%1» las mismas cifras?</translation>
    </message>
    <message>
        <source>Digits: %1</source>
        <translation>Cifras: %1</translation>
    </message>
    <message>
        <source>What it may see and change here:</source>
        <translation>Qué puede ver y cambiar aquí:</translation>
    </message>
    <message>
        <source>Waiting for the other computer…</source>
        <translation>Esperando al otro ordenador…</translation>
    </message>
    <message>
        <source>“%1” and this computer sync from now on, whenever both are in the network.</source>
        <translation>«%1» y este ordenador se sincronizan desde ahora, siempre que los dos estén en la red.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>They are the same</source>
        <translation>Son las mismas</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>Son distintas</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Its address or its link, as it shows them</source>
        <translation>Su dirección o su enlace, como los muestra</translation>
    </message>
    <message>
        <source>The link of this computer as a QR code</source>
        <translation>El enlace de este ordenador como código QR</translation>
    </message>
    <message>
        <source>Or scan this there, or open this link there: it pairs without digits. Good once, for five minutes. Show it to nobody else.</source>
        <translation>O escanéalo allí, o abre allí este enlace: empareja sin cifras. Vale una vez, durante cinco minutos. No se lo muestres a nadie más.</translation>
    </message>
    <message>
        <source>Link of this computer</source>
        <translation>Enlace de este ordenador</translation>
    </message>
    <message>
        <source>Pair with “%1” at %2?</source>
        <translation>¿Emparejar con «%1», en %2?</translation>
    </message>
    <message>
        <source>It may then see and change your ratings, plays, positions and playlists. Go on only if you had this link shown on a computer of yours.</source>
        <translation>Podrá ver y cambiar tus valoraciones, reproducciones, posiciones y listas. Sigue solo si has visto este enlace en un ordenador tuyo.</translation>
    </message>
    <message>
        <source>This link is damaged. Copy all of what the other computer shows.</source>
        <translation>Este enlace está dañado. Copia todo lo que muestra el otro ordenador.</translation>
    </message>
</context>
<context>
    <name>PairedComputers</name>
    <message>
        <source>Computers</source>
        <translation>Ordenadores</translation>
    </message>
    <message>
        <source>Ratings, plays and playlists can be the same on several computers of yours, without a server between them.</source>
        <translation>Las valoraciones, las reproducciones y las listas pueden ser las mismas en varios ordenadores tuyos, sin un servidor entre ellos.</translation>
    </message>
    <message>
        <source>Syncing with other computers is off. It is turned on in the settings.</source>
        <translation>La sincronización con otros ordenadores está desactivada. Se activa en los ajustes.</translation>
    </message>
    <message>
        <source>Pair another computer</source>
        <translation>Emparejar otro ordenador</translation>
    </message>
</context>
<context>
    <name>PeerPage</name>
    <message>
        <source>This computer is not paired any more.</source>
        <translation>Este ordenador ya no está emparejado.</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>It has not been seen in the network yet. It syncs when it is there.</source>
        <translation>Todavía no se ha visto en la red. Se sincroniza cuando esté.</translation>
    </message>
    <message>
        <source>Syncing with other computers is off. It is turned on in the settings.</source>
        <translation>La sincronización con otros ordenadores está desactivada. Se activa en los ajustes.</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sincronizar ahora</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Unpair…</source>
        <translation>Desemparejar…</translation>
    </message>
    <message>
        <source>Unpair %1?</source>
        <translation>¿Desemparejar %1?</translation>
    </message>
    <message>
        <source>The two do not sync any more. What each has stays.</source>
        <translation>Los dos dejan de sincronizarse. Lo que tiene cada uno se queda.</translation>
    </message>
    <message>
        <source>Unpair</source>
        <translation>Desemparejar</translation>
    </message>
    <message>
        <source>What it may see and change here</source>
        <translation>Qué puede ver y cambiar aquí</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
</context>
<context>
    <name>PeersViewModel</name>
    <message>
        <source>Ratings and favourites</source>
        <translation>Valoraciones y favoritos</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Reproducciones</translation>
    </message>
    <message>
        <source>Where one stopped</source>
        <translation>Por dónde se va</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <source>Nothing was new</source>
        <translation>No había nada nuevo</translation>
    </message>
    <message numerus="yes">
        <source>%n changed here</source>
        <translation>
            <numerusform>%n cambió aquí</numerusform>
            <numerusform>%n cambiaron aquí</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n sent</source>
        <translation>
            <numerusform>%n enviado</numerusform>
            <numerusform>%n enviados</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. It reaches your library once that is there again</source>
        <translation>%1. Llega a tu biblioteca cuando vuelva a estar</translation>
    </message>
    <message>
        <source>Syncing…</source>
        <translation>Sincronizando…</translation>
    </message>
    <message>
        <source>Syncing: %1 sent, %2 received</source>
        <translation>Sincronizando: %1 enviados, %2 recibidos</translation>
    </message>
    <message>
        <source>Never synced</source>
        <translation>Nunca sincronizado</translation>
    </message>
    <message>
        <source>Synced %1</source>
        <translation>Sincronizado %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>This system does not find other computers by itself. Type the address that the other one shows.</source>
        <translation>Este sistema no encuentra otros ordenadores por sí solo. Escribe la dirección que muestra el otro.</translation>
    </message>
    <message>
        <source>This is no address. It looks like 192.168.1.20:47110.</source>
        <translation>Esto no es una dirección. Tiene esta forma: 192.168.1.20:47110.</translation>
    </message>
    <message>
        <source>This link is damaged. Copy all of what the other computer shows.</source>
        <translation>Este enlace está dañado. Copia todo lo que muestra el otro ordenador.</translation>
    </message>
    <message>
        <source>Five tries to pair have failed, so no other computer may ask any more. Close this and open it again to let them.</source>
        <translation>Han fallado cinco intentos de emparejar, así que ningún otro ordenador puede pedirlo ya. Cierra esto y vuelve a abrirlo para permitirlo.</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>The film is in a window of its own, for HDR.</source>
        <translation>La película está en una ventana propia, para HDR.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Traerla de vuelta</translation>
    </message>
</context>
<context>
    <name>PictureWindow</name>
    <message>
        <source>A window for HDR can't be opened here.</source>
        <translation>Aquí no se puede abrir una ventana para HDR.</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The server's answer can't be read</source>
        <translation>No se puede leer la respuesta del servidor</translation>
    </message>
    <message>
        <source>The program is closing</source>
        <translation>El programa se está cerrando</translation>
    </message>
    <message>
        <source>This address can't be opened</source>
        <translation>No se puede abrir esta dirección</translation>
    </message>
    <message>
        <source>The server stopped answering</source>
        <translation>El servidor ha dejado de responder</translation>
    </message>
    <message>
        <source>The server sent Marea to another address, which was refused</source>
        <translation>El servidor envió a Marea a otra dirección, y se rechazó</translation>
    </message>
    <message>
        <source>The server shows another certificate than the one you trusted</source>
        <translation>El servidor muestra un certificado distinto del que aceptaste</translation>
    </message>
    <message>
        <source>The server is not running, or not at this address</source>
        <translation>El servidor no está en marcha, o no en esta dirección</translation>
    </message>
    <message>
        <source>The server's certificate is not trusted</source>
        <translation>El certificado del servidor no es de confianza</translation>
    </message>
    <message>
        <source>The connection to the server broke</source>
        <translation>Se cortó la conexión con el servidor</translation>
    </message>
    <message>
        <source>The server's answer is too large</source>
        <translation>La respuesta del servidor es demasiado grande</translation>
    </message>
    <message>
        <source>The file is not there any more</source>
        <translation>El archivo ya no está</translation>
    </message>
    <message>
        <source>This is not a file that can be played</source>
        <translation>Este archivo no se puede reproducir</translation>
    </message>
    <message>
        <source>The file can't be opened</source>
        <translation>No se puede abrir el archivo</translation>
    </message>
    <message>
        <source>The file can't be read</source>
        <translation>No se puede leer el archivo</translation>
    </message>
    <message>
        <source>The file changed on the server while it was playing</source>
        <translation>El archivo cambió en el servidor durante la reproducción</translation>
    </message>
    <message>
        <source>This server can't seek in files</source>
        <translation>Este servidor no puede saltar dentro de los archivos</translation>
    </message>
    <message>
        <source>The server answered with another part of the file</source>
        <translation>El servidor respondió con otra parte del archivo</translation>
    </message>
    <message>
        <source>The server no longer lets this device play this</source>
        <translation>El servidor ya no permite reproducir esto en este dispositivo</translation>
    </message>
    <message>
        <source>The file is not on the server any more</source>
        <translation>El archivo ya no está en el servidor</translation>
    </message>
    <message>
        <source>The server is too busy at the moment</source>
        <translation>El servidor está demasiado ocupado en este momento</translation>
    </message>
    <message>
        <source>The server refused to play this</source>
        <translation>El servidor se negó a reproducir esto</translation>
    </message>
    <message>
        <source>The player can't be started</source>
        <translation>No se puede iniciar el reproductor</translation>
    </message>
    <message>
        <source>This kind of address can't be played</source>
        <translation>No se puede reproducir este tipo de dirección</translation>
    </message>
    <message>
        <source>The film ends here: a part of its file is missing</source>
        <translation>La película acaba aquí: falta una parte de su archivo</translation>
    </message>
    <message>
        <source>This file can't be played: no sound device could be opened</source>
        <translation>No se puede reproducir este archivo: no se pudo abrir ningún dispositivo de sonido</translation>
    </message>
    <message>
        <source>This file can't be played: its picture could not be shown</source>
        <translation>No se puede reproducir este archivo: no se pudo mostrar su imagen</translation>
    </message>
    <message>
        <source>This file can't be played</source>
        <translation>No se puede reproducir este archivo</translation>
    </message>
    <message>
        <source>This file can't be played: it is damaged, or of a kind that Marea does not play</source>
        <translation>No se puede reproducir este archivo: está dañado o es de un tipo que Marea no reproduce</translation>
    </message>
    <message>
        <source>This file can't be played: there is neither picture nor sound in it</source>
        <translation>No se puede reproducir este archivo: no contiene imagen ni sonido</translation>
    </message>
    <message>
        <source>There is no server of this name</source>
        <translation>No hay ningún servidor con este nombre</translation>
    </message>
    <message>
        <source>This system has no keychain: protected titles can't be kept on it.</source>
        <translation>Este sistema no tiene llavero: no se pueden guardar en él títulos protegidos.</translation>
    </message>
    <message>
        <source>By this computer's clock the licence has ended already. Set its date and time.</source>
        <translation>Según el reloj de este equipo, la licencia ya ha terminado. Ajusta la fecha y la hora.</translation>
    </message>
    <message>
        <source>The file is damaged, or belongs to another computer. Download it again.</source>
        <translation>El archivo está dañado o es de otro equipo. Vuelve a descargarlo.</translation>
    </message>
    <message>
        <source>The computer that showed this code is not there, or it shows another one by now.</source>
        <translation>El ordenador que mostró este código no está, o ya muestra otro.</translation>
    </message>
    <message>
        <source>The other computer does not let itself be paired. Open “Pair another computer” there, too.</source>
        <translation>El otro ordenador no se deja emparejar. Abre «Emparejar otro ordenador» también allí.</translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation>Inicia sesión primero.</translation>
    </message>
    <message>
        <source>Another computer is being paired just now. Try again.</source>
        <translation>Se está emparejando otro ordenador ahora mismo. Prueba de nuevo.</translation>
    </message>
    <message>
        <source>The folder for the copies cannot be made.</source>
        <translation>No se puede crear la carpeta para las copias.</translation>
    </message>
    <message>
        <source>Syncing was called off.</source>
        <translation>Se canceló la sincronización.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>El servidor no responde.</translation>
    </message>
    <message>
        <source>The two computers are not paired any more. Pair them again.</source>
        <translation>Los dos ordenadores ya no están emparejados. Emparéjalos de nuevo.</translation>
    </message>
    <message>
        <source>The server does not say which titles it has.</source>
        <translation>El servidor no dice qué títulos tiene.</translation>
    </message>
    <message>
        <source>The server would have to encode this title, and that needs libmpv here</source>
        <translation>El servidor tendría que codificar este título, y para eso hace falta libmpv aquí</translation>
    </message>
    <message>
        <source>Five tries to pair with the other computer have failed, so it lets nobody ask any more. Close “Pair another computer” there, and open it again.</source>
        <translation>Han fallado cinco intentos de emparejar con el otro ordenador, así que ya no deja que nadie lo pida. Cierra allí «Emparejar otro ordenador» y vuelve a abrirlo.</translation>
    </message>
    <message>
        <source>The server's library does not come to an end. Nothing is changed on the device.</source>
        <translation>La biblioteca del servidor no llega a su fin. En el dispositivo no se cambia nada.</translation>
    </message>
    <message>
        <source>The library holds no music and no films. Nothing is changed on the device.</source>
        <translation>En la biblioteca no hay música ni películas. En el dispositivo no se cambia nada.</translation>
    </message>
    <message>
        <source>The server takes too long for the first picture</source>
        <translation>El servidor tarda demasiado en enviar la primera imagen</translation>
    </message>
</context>
<context>
    <name>PlayerControls</name>
    <message>
        <source>Chapters</source>
        <translation>Capítulos</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>10 seconds back</source>
        <translation>10 segundos atrás</translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation>10 segundos adelante</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Activar sonido</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Silenciar</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtítulos</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>Salir de pantalla completa</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>Quality: %1</source>
        <translation>Calidad: %1</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Calidad</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>Play on another device</source>
        <translation>Reproducir en otro dispositivo</translation>
    </message>
    <message>
        <source>Play on</source>
        <translation>Reproducir en</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Small window</source>
        <translation>Ventana pequeña</translation>
    </message>
    <message>
        <source>Back from the HDR window</source>
        <translation>Volver de la ventana HDR</translation>
    </message>
    <message>
        <source>HDR window</source>
        <translation>Ventana HDR</translation>
    </message>
</context>
<context>
    <name>PlayerPage</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Close the player</source>
        <translation>Cerrar el reproductor</translation>
    </message>
    <message>
        <source>Subtitles: %1</source>
        <translation>Subtítulos: %1</translation>
    </message>
</context>
<context>
    <name>PlayerViewModel</name>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Chapter %1</source>
        <translation>Capítulo %1</translation>
    </message>
    <message>
        <source>Local file</source>
        <translation>Archivo local</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Entrega</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Motivos</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Vídeo</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtítulos</translation>
    </message>
    <message>
        <source>Read ahead</source>
        <translation>Leído por adelantado</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>Primer fotograma</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Rango</translation>
    </message>
    <message>
        <source>Decoded by</source>
        <translation>Decodifica</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>el procesador</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omitidos</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n fotograma</numerusform>
            <numerusform>%n fotogramas</numerusform>
        </translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>The owner of the server ended this playback.</source>
        <translation>El propietario del servidor terminó esta reproducción.</translation>
    </message>
    <message>
        <source>The owner of the server ended this playback: %1</source>
        <translation>El propietario del servidor terminó esta reproducción: %1</translation>
    </message>
    <message>
        <source>Couldn't reach “%1”, and no other library has this title.</source>
        <translation>No se puede llegar a “%1”, y ninguna otra biblioteca tiene este título.</translation>
    </message>
    <message>
        <source>Waiting for the disk…</source>
        <translation>Esperando al disco…</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>Esperando al servidor…</translation>
    </message>
    <message>
        <source>Waiting for %1…</source>
        <translation>Esperando a %1…</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>PlaylistEntryRow</name>
    <message>
        <source>Not in the library any more</source>
        <translation>Ya no está en la biblioteca</translation>
    </message>
</context>
<context>
    <name>PlaylistPage</name>
    <message>
        <source>Export the playlist</source>
        <translation>Exportar la lista</translation>
    </message>
    <message>
        <source>Smart playlist</source>
        <translation>Lista inteligente</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Lista</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Aleatorio</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>Añadir a la cola</translation>
    </message>
    <message>
        <source>Edit playlist</source>
        <translation>Editar la lista</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Edit the rules…</source>
        <translation>Editar las reglas…</translation>
    </message>
    <message>
        <source>Export as M3U8…</source>
        <translation>Exportar como M3U8…</translation>
    </message>
    <message>
        <source>Export as XSPF…</source>
        <translation>Exportar como XSPF…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>PlaylistSheet</name>
    <message>
        <source>Only me</source>
        <translation>Solo yo</translation>
    </message>
    <message>
        <source>Others can see it</source>
        <translation>Otros pueden verla</translation>
    </message>
    <message>
        <source>Others can add to it</source>
        <translation>Otros pueden añadir</translation>
    </message>
    <message>
        <source>Edit playlist</source>
        <translation>Editar la lista</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>Lista nueva</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Descripción</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Crear</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>PlaylistViewModel</name>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n título</numerusform>
            <numerusform>%n títulos</numerusform>
        </translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>de %1</translation>
    </message>
    <message>
        <source>others can see it</source>
        <translation>otros pueden verla</translation>
    </message>
    <message>
        <source>others can add to it</source>
        <translation>otros pueden añadir</translation>
    </message>
    <message>
        <source>It was changed elsewhere in the meantime. What you entered is still here: look at the list as it is now, then save again.</source>
        <translation>Mientras tanto se cambió en otro sitio. Lo que escribiste sigue aquí: mira cómo está ahora la lista y vuelve a guardar.</translation>
    </message>
    <message>
        <source>“%1” was changed elsewhere in the meantime. This is how it is now.</source>
        <translation>Mientras tanto, “%1” se cambió en otro sitio. Así está ahora.</translation>
    </message>
    <message>
        <source>“%1” was removed.</source>
        <translation>Se quitó “%1”.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Guardado como %1.</translation>
    </message>
    <message>
        <source>Couldn't write %1.</source>
        <translation>No se pudo escribir %1.</translation>
    </message>
</context>
<context>
    <name>PlaylistsModel</name>
    <message>
        <source>public</source>
        <translation>pública</translation>
    </message>
    <message>
        <source>others may add</source>
        <translation>otros pueden añadir</translation>
    </message>
    <message>
        <source>Smart playlist</source>
        <translation>Lista inteligente</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n título</numerusform>
            <numerusform>%n títulos</numerusform>
        </translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>de %1</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) added to “%1”.</source>
        <translation>
            <numerusform>%n título añadido a “%1”.</numerusform>
            <numerusform>%n títulos añadidos a “%1”.</numerusform>
        </translation>
    </message>
    <message>
        <source>Couldn't read %1.</source>
        <translation>No se pudo leer %1.</translation>
    </message>
    <message>
        <source>%1 is too large to be a playlist.</source>
        <translation>%1 es demasiado grande para ser una lista.</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) imported.</source>
        <translation>
            <numerusform>%n título importado.</numerusform>
            <numerusform>%n títulos importados.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) imported; not in the library: %1.</source>
        <translation>
            <numerusform>%n título importado; no están en la biblioteca: %1.</numerusform>
            <numerusform>%n títulos importados; no están en la biblioteca: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>Se eliminó “%1”.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>“%1” is back.</source>
        <translation>“%1” ha vuelto.</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) added to “%1” at %2.</source>
        <translation>
            <numerusform>%n título añadido a “%1” en %2.</numerusform>
            <numerusform>%n títulos añadidos a “%1” en %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was added to “%1” at %2: %3</source>
        <translation>No se añadió nada a “%1” en %2: %3</translation>
    </message>
</context>
<context>
    <name>PlaylistsPage</name>
    <message>
        <source>Import a playlist</source>
        <translation>Importar una lista</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Listas</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>Lista nueva</translation>
    </message>
    <message>
        <source>New smart playlist</source>
        <translation>Lista inteligente nueva</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importar…</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Eliminar %1</translation>
    </message>
    <message>
        <source>There are no playlists yet.</source>
        <translation>Todavía no hay listas.</translation>
    </message>
    <message>
        <source>Make one here, or add a title to one by its menu.</source>
        <translation>Crea una aquí o añade un título desde su menú.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>ProductCard</name>
    <message>
        <source>Yours</source>
        <translation>Tuyo</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Pronto</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>Rebaja</translation>
    </message>
</context>
<context>
    <name>ProductGrid</name>
    <message>
        <source>Store</source>
        <translation>Tienda</translation>
    </message>
    <message>
        <source>Nothing in the store matches.</source>
        <translation>Nada de la tienda coincide.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Quitar los filtros</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Show in the library</source>
        <translation>Mostrar en la biblioteca</translation>
    </message>
    <message>
        <source>Give it to somebody</source>
        <translation>Regalarlo</translation>
    </message>
    <message>
        <source>You have ordered it ahead. %1</source>
        <translation>Lo has reservado. %1</translation>
    </message>
    <message>
        <source>It is protected: it plays in Marea, also without the server, and cannot be copied elsewhere.</source>
        <translation>Está protegido: se reproduce en Marea, también sin el servidor, y no se puede copiar a otro sitio.</translation>
    </message>
    <message>
        <source>Trailer</source>
        <translation>Tráiler</translation>
    </message>
</context>
<context>
    <name>ProductParts</name>
    <message>
        <source>What is in it</source>
        <translation>Qué contiene</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Parar %1</translation>
    </message>
    <message>
        <source>Listen to %1</source>
        <translation>Escuchar %1</translation>
    </message>
</context>
<context>
    <name>ProductReviews</name>
    <message>
        <source>Reviews</source>
        <translation>Opiniones</translation>
    </message>
    <message>
        <source>Edit your review</source>
        <translation>Editar tu opinión</translation>
    </message>
    <message>
        <source>Write a review</source>
        <translation>Escribir una opinión</translation>
    </message>
    <message>
        <source>Nobody has said anything yet. You could be the first.</source>
        <translation>Nadie ha opinado todavía. Podrías empezar tú.</translation>
    </message>
    <message>
        <source>Nobody has said anything yet.</source>
        <translation>Nadie ha opinado todavía.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Try to read the reviews again</source>
        <translation>Intentar leer las opiniones de nuevo</translation>
    </message>
</context>
<context>
    <name>ProductViewModel</name>
    <message>
        <source>Season %1</source>
        <translation>Temporada %1</translation>
    </message>
    <message>
        <source>Order ahead for %1</source>
        <translation>Reservar por %1</translation>
    </message>
    <message>
        <source>Order ahead</source>
        <translation>Reservar</translation>
    </message>
    <message>
        <source>Buy</source>
        <translation>Comprar</translation>
    </message>
    <message>
        <source>Get it</source>
        <translation>Obtener</translation>
    </message>
    <message>
        <source>Buy for %1</source>
        <translation>Comprar por %1</translation>
    </message>
    <message>
        <source>No reviews yet</source>
        <translation>Aún sin opiniones</translation>
    </message>
    <message>
        <source>%1 of 5</source>
        <translation>%1 de 5</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n opinión</numerusform>
            <numerusform>%n opiniones</numerusform>
        </translation>
    </message>
    <message>
        <source>You</source>
        <translation>Tú</translation>
    </message>
</context>
<context>
    <name>ProfileViewModel</name>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Any picture</source>
        <translation>Cualquier imagen</translation>
    </message>
    <message>
        <source>Up to %1p</source>
        <translation>Hasta %1p</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Frecuencia de muestreo</translation>
    </message>
    <message>
        <source>Up to %1 kHz</source>
        <translation>Hasta %1 kHz</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Canales</translation>
    </message>
    <message>
        <source>Stereo</source>
        <translation>Estéreo</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>Tasa de bits</translation>
    </message>
    <message>
        <source>Any bit rate</source>
        <translation>Cualquier tasa de bits</translation>
    </message>
    <message>
        <source>Up to %1 kbit/s</source>
        <translation>Hasta %1 kbit/s</translation>
    </message>
    <message>
        <source>Up to %1 Mbit/s</source>
        <translation>Hasta %1 Mbit/s</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Tamaño de archivo</translation>
    </message>
    <message>
        <source>Files of any size</source>
        <translation>Archivos de cualquier tamaño</translation>
    </message>
    <message>
        <source>Files up to %1 GB</source>
        <translation>Archivos de hasta %1 GB</translation>
    </message>
    <message>
        <source>Other music</source>
        <translation>Otra música</translation>
    </message>
    <message>
        <source>Other films</source>
        <translation>Otras películas</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>No se incluye</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Ponle un nombre.</translation>
    </message>
    <message>
        <source>Choose at least one format that it plays.</source>
        <translation>Elige al menos un formato que reproduzca.</translation>
    </message>
    <message numerus="yes">
        <source>Up to %n channel(s)</source>
        <translation>
            <numerusform>Hasta %n canal</numerusform>
            <numerusform>Hasta %n canales</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose at least one kind of file that films come in.</source>
        <translation>Elige al menos un tipo de archivo para las películas.</translation>
    </message>
    <message>
        <source>Other films become MP4 files. Choose MP4 as well, or leave them out.</source>
        <translation>Las demás películas se convierten en archivos MP4. Elige también MP4, o déjalas fuera.</translation>
    </message>
</context>
<context>
    <name>PurchasesPage</name>
    <message>
        <source>Give %1 back?</source>
        <translation>¿Devolver %1?</translation>
    </message>
    <message>
        <source>Give it back</source>
        <translation>Devolver</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Compras</translation>
    </message>
    <message>
        <source>Your credit</source>
        <translation>Tu saldo</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Your credit: %1</source>
        <translation>Tu saldo: %1</translation>
    </message>
    <message>
        <source>You have not bought anything yet.</source>
        <translation>Aún no has comprado nada.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Go to the store</source>
        <translation>Ir a la tienda</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Take out of the queue</source>
        <translation>Quitar de la cola</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>%1 takes no whole files</source>
        <translation>%1 no acepta archivos enteros</translation>
    </message>
    <message>
        <source>The title is protected and goes out encrypted</source>
        <translation>El título está protegido y sale cifrado</translation>
    </message>
    <message>
        <source>%1 cannot open %2 files</source>
        <translation>%1 no puede abrir archivos %2</translation>
    </message>
    <message>
        <source>%1 cannot play %2 in such a file</source>
        <translation>%1 no puede reproducir %2 en un archivo así</translation>
    </message>
    <message>
        <source>%1 has no %2 decoder</source>
        <translation>%1 no tiene descodificador de %2</translation>
    </message>
    <message>
        <source>%1 cannot play this kind of %2</source>
        <translation>%1 no puede reproducir este tipo de %2</translation>
    </message>
    <message>
        <source>The %2 picture asks too much of %1</source>
        <translation>La imagen %2 exige demasiado a %1</translation>
    </message>
    <message>
        <source>%1 cannot play a picture of %2 bits a colour</source>
        <translation>%1 no puede reproducir una imagen de %2 bits por color</translation>
    </message>
    <message>
        <source>%1 shows pictures in fields (interlaced) with combs</source>
        <translation>%1 muestra con rayas las imágenes entrelazadas</translation>
    </message>
    <message>
        <source>%1 takes HEVC in such a file only as hvc1, and this is hev1</source>
        <translation>%1 solo acepta HEVC en un archivo así como hvc1, y este es hev1</translation>
    </message>
    <message>
        <source>%1 cannot show %2</source>
        <translation>%1 no puede mostrar %2</translation>
    </message>
    <message>
        <source>The picture is %1, and the limit is %2</source>
        <translation>La imagen es de %1 y el límite es %2</translation>
    </message>
    <message>
        <source>The film has %1 pictures a second, and the limit is %2</source>
        <translation>La película tiene %1 imágenes por segundo y el límite es %2</translation>
    </message>
    <message>
        <source>The film is %1, and the limit is %2</source>
        <translation>La película es de %1 y el límite es %2</translation>
    </message>
    <message>
        <source>The sound is %1, and the limit is %2</source>
        <translation>El sonido es de %1 y el límite es %2</translation>
    </message>
    <message>
        <source>The sound has %1 channels, and the player takes %2</source>
        <translation>El sonido tiene %1 canales y el reproductor acepta %2</translation>
    </message>
    <message>
        <source>The loudness is brought to that of other titles</source>
        <translation>El volumen se iguala al de otros títulos</translation>
    </message>
    <message>
        <source>Loud and quiet are brought together for the night</source>
        <translation>Lo fuerte y lo suave se acercan para la noche</translation>
    </message>
    <message>
        <source>%1 cannot choose among the sounds of a file</source>
        <translation>%1 no puede elegir entre los sonidos de un archivo</translation>
    </message>
    <message>
        <source>The chosen subtitles are pictures, which %1 cannot draw</source>
        <translation>Los subtítulos elegidos son imágenes que %1 no puede dibujar</translation>
    </message>
    <message>
        <source>The chosen subtitles are drawn into the picture</source>
        <translation>Los subtítulos elegidos se dibujan en la imagen</translation>
    </message>
    <message>
        <source>Without sound: nothing here can decode %1</source>
        <translation>Sin sonido: nada aquí puede descodificar %1</translation>
    </message>
    <message>
        <source>It cannot go out in segments as it is</source>
        <translation>No puede salir en segmentos tal como está</translation>
    </message>
    <message>
        <source>The file has not been read through yet</source>
        <translation>El archivo aún no se ha leído entero</translation>
    </message>
    <message>
        <source>The picture goes apart from the sound</source>
        <translation>La imagen va separada del sonido</translation>
    </message>
    <message>
        <source>The sound goes apart from the picture</source>
        <translation>El sonido va separado de la imagen</translation>
    </message>
    <message>
        <source>%1 Mbit/s</source>
        <translation>%1 Mbit/s</translation>
    </message>
    <message>
        <source>%1 kbit/s</source>
        <translation>%1 kbit/s</translation>
    </message>
    <message>
        <source>The player</source>
        <translation>El reproductor</translation>
    </message>
</context>
<context>
    <name>RemoteViewModel</name>
    <message>
        <source>This player does not know that command.</source>
        <translation>Este reproductor no conoce esa orden.</translation>
    </message>
    <message>
        <source>This title is not there any more.</source>
        <translation>Este título ya no está.</translation>
    </message>
    <message>
        <source>Something else was started.</source>
        <translation>Se empezó otra cosa.</translation>
    </message>
    <message>
        <source>What plays has no such sound.</source>
        <translation>Lo que se reproduce no tiene ese sonido.</translation>
    </message>
    <message>
        <source>What plays has no such subtitles.</source>
        <translation>Lo que se reproduce no tiene esos subtítulos.</translation>
    </message>
</context>
<context>
    <name>ReviewSheet</name>
    <message>
        <source>Edit your review</source>
        <translation>Editar tu opinión</translation>
    </message>
    <message>
        <source>Write a review</source>
        <translation>Escribir una opinión</translation>
    </message>
    <message>
        <source>What others may want to know</source>
        <translation>Lo que otros querrán saber</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publicar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
</context>
<context>
    <name>RunningWork</name>
    <message>
        <source>less than a minute</source>
        <translation>menos de un minuto</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>alrededor de %n minuto</numerusform>
            <numerusform>alrededor de %n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>alrededor de %n hora</numerusform>
            <numerusform>alrededor de %n horas</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
</context>
<context>
    <name>SamplePlayer</name>
    <message>
        <source>Nothing can be heard on this computer.</source>
        <translation>En este ordenador no se puede escuchar nada.</translation>
    </message>
    <message>
        <source>There is no room for what is to be heard.</source>
        <translation>No hay sitio para lo que se va a escuchar.</translation>
    </message>
    <message>
        <source>This could not be heard.</source>
        <translation>Esto no se ha podido escuchar.</translation>
    </message>
</context>
<context>
    <name>ScanWork</name>
    <message>
        <source>Reading %1</source>
        <translation>Leyendo %1</translation>
    </message>
</context>
<context>
    <name>ScrobblingSetting</name>
    <message>
        <source>Tell what you listen to</source>
        <translation>Contar lo que escuchas</translation>
    </message>
    <message>
        <source>To ListenBrainz, or a service like it. Your token is on the page of your account there.</source>
        <translation>A ListenBrainz o un servicio parecido. Tu token está en la página de tu cuenta.</translation>
    </message>
    <message>
        <source>The token is refused. Enter a new one.</source>
        <translation>El token fue rechazado. Escribe uno nuevo.</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Desactivar</translation>
    </message>
    <message>
        <source>Turn off %1</source>
        <translation>Desactivar %1</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>Activar</translation>
    </message>
</context>
<context>
    <name>ScrobblingViewModel</name>
    <message>
        <source>last told %1</source>
        <translation>último aviso %1</translation>
    </message>
    <message>
        <source>nothing told yet</source>
        <translation>aún no se ha enviado nada</translation>
    </message>
    <message numerus="yes">
        <source>%n listen(s) waiting</source>
        <translation>
            <numerusform>%n escucha en espera</numerusform>
            <numerusform>%n escuchas en espera</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Films</source>
        <translation>Películas</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Artistas</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Álbumes</translation>
    </message>
    <message>
        <source>Search for a title, an artist or an album.</source>
        <translation>Busca un título, un artista o un álbum.</translation>
    </message>
    <message>
        <source>Nothing is called “%1”.</source>
        <translation>Nada se llama «%1».</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>En %1</translation>
    </message>
</context>
<context>
    <name>FoundTracks</name>
    <message>
        <source>Tracks</source>
        <translation>Pistas</translation>
    </message>
</context>
<context>
    <name>SeekBar</name>
    <message>
        <source>Position: %1 of %2</source>
        <translation>Posición: %1 de %2</translation>
    </message>
</context>
<context>
    <name>SellingPage</name>
    <message>
        <source>Selling</source>
        <translation>Ventas</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Productos</translation>
    </message>
    <message>
        <source>Vouchers</source>
        <translation>Vales</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Informe</translation>
    </message>
</context>
<context>
    <name>SellingProducts</name>
    <message>
        <source>Libraries for sale</source>
        <translation>Bibliotecas en venta</translation>
    </message>
    <message>
        <source>What is in them is seen by owners, and by who bought it. Put a library up before there is something in it that others should not see.</source>
        <translation>Lo que contienen lo ven los propietarios y quien lo haya comprado. Ponla en venta antes de que haya en ella algo que otros no deban ver.</translation>
    </message>
    <message>
        <source>Put %1 up for sale?</source>
        <translation>¿Poner %1 en venta?</translation>
    </message>
    <message>
        <source>Who is no owner no longer sees what is in it until they buy it.</source>
        <translation>Quien no sea propietario dejará de ver lo que contiene hasta que lo compre.</translation>
    </message>
    <message>
        <source>Put it up</source>
        <translation>Poner en venta</translation>
    </message>
    <message>
        <source>Take %1 off sale?</source>
        <translation>¿Retirar %1 de la venta?</translation>
    </message>
    <message>
        <source>Everybody whom it is open to sees all that is in it, whether they paid or not.</source>
        <translation>Todos los que tengan acceso verán cuanto contiene, hayan pagado o no.</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>Retirar de la venta</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Productos</translation>
    </message>
    <message>
        <source>New product</source>
        <translation>Producto nuevo</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publicar</translation>
    </message>
    <message>
        <source>Withdraw %1</source>
        <translation>Retirar %1</translation>
    </message>
    <message>
        <source>Publish %1</source>
        <translation>Publicar %1</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Editar %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Eliminar %1</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>¿Eliminar %1?</translation>
    </message>
    <message>
        <source>It is sold no more. Who bought it keeps it.</source>
        <translation>Deja de venderse. Quien lo compró lo conserva.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mostrar más</translation>
    </message>
    <message>
        <source>There are no products yet. Make one here, or from a title's menu.</source>
        <translation>Aún no hay productos. Crea uno aquí o desde el menú de un título.</translation>
    </message>
</context>
<context>
    <name>SellingReport</name>
    <message>
        <source>Sales report</source>
        <translation>Informe de ventas</translation>
    </message>
    <message>
        <source>Every receipt with its day, buyer, product, price and whether it was refunded, as a CSV table.</source>
        <translation>Cada recibo con su día, comprador, producto, precio y si se reembolsó, como tabla CSV.</translation>
    </message>
    <message>
        <source>From, or empty</source>
        <translation>Desde, o vacío</translation>
    </message>
    <message>
        <source>From 2026-01-01</source>
        <translation>Desde 2026-01-01</translation>
    </message>
    <message>
        <source>To, or empty</source>
        <translation>Hasta, o vacío</translation>
    </message>
    <message>
        <source>To 2026-12-31</source>
        <translation>Hasta 2026-12-31</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Guardar como CSV…</translation>
    </message>
    <message>
        <source>Save the sales report</source>
        <translation>Guardar el informe de ventas</translation>
    </message>
</context>
<context>
    <name>SellingViewModel</name>
    <message>
        <source>On sale</source>
        <translation>En venta</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Retirado</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Borrador</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Gratis</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>desde %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n used</source>
        <translation>
            <numerusform>%1 de %n usado</numerusform>
            <numerusform>%1 de %n usados</numerusform>
        </translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>anulados</translation>
    </message>
    <message>
        <source>good until %1</source>
        <translation>válidos hasta el %1</translation>
    </message>
    <message numerus="yes">
        <source>%n sold</source>
        <translation>
            <numerusform>%n vendido</numerusform>
            <numerusform>%n vendidos</numerusform>
        </translation>
    </message>
    <message>
        <source>A currency is a code of three letters, such as EUR.</source>
        <translation>Una moneda es un código de tres letras, como EUR.</translation>
    </message>
    <message>
        <source>Say what each is worth, such as 10.00.</source>
        <translation>Di cuánto vale cada uno, como 10,00.</translation>
    </message>
    <message>
        <source>1 to 1000 can be made at once.</source>
        <translation>Se pueden crear de 1 a 1000 a la vez.</translation>
    </message>
    <message>
        <source>A day is written as 2026-12-24.</source>
        <translation>Un día se escribe como 2026-12-24.</translation>
    </message>
    <message>
        <source>The vouchers are in %1.</source>
        <translation>Los vales están en %1.</translation>
    </message>
    <message>
        <source>What was sold is in %1.</source>
        <translation>Lo vendido está en %1.</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>No se ha podido escribir %1.</translation>
    </message>
</context>
<context>
    <name>SellingVouchers</name>
    <message>
        <source>New vouchers</source>
        <translation>Vales nuevos</translation>
    </message>
    <message>
        <source>Each code is credit for whoever redeems it, once. The codes are shown once.</source>
        <translation>Cada código es saldo para quien lo canjee, una vez. Los códigos se muestran una sola vez.</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Cuántos</translation>
    </message>
    <message>
        <source>Worth each</source>
        <translation>Valor de cada uno</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Moneda</translation>
    </message>
    <message>
        <source>Good until, or empty</source>
        <translation>Válidos hasta, o vacío</translation>
    </message>
    <message>
        <source>What they are for</source>
        <translation>Para qué son</translation>
    </message>
    <message>
        <source>Make vouchers</source>
        <translation>Crear vales</translation>
    </message>
    <message>
        <source>Cancel these</source>
        <translation>Anular</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>Anular %1</translation>
    </message>
    <message>
        <source>Cancel these vouchers?</source>
        <translation>¿Anular estos vales?</translation>
    </message>
    <message>
        <source>Codes that nobody has redeemed become worthless. Credit that came of others stays.</source>
        <translation>Los códigos que nadie ha canjeado dejan de valer. El saldo de los demás se queda.</translation>
    </message>
    <message>
        <source>Cancel the vouchers</source>
        <translation>Anular los vales</translation>
    </message>
</context>
<context>
    <name>SeriesPage</name>
    <message>
        <source>There are no series in the library yet.</source>
        <translation>Aún no hay series en la biblioteca.</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
</context>
<context>
    <name>ServerViewModel</name>
    <message>
        <source>waits</source>
        <translation>espera</translation>
    </message>
    <message>
        <source>done %1</source>
        <translation>terminado %1</translation>
    </message>
    <message>
        <source>called off %1</source>
        <translation>cancelado %1</translation>
    </message>
    <message>
        <source>%1; %2 free</source>
        <translation>%1; %2 libres</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Base de datos</translation>
    </message>
    <message>
        <source>Cache: %1</source>
        <translation>Caché: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
</context>
<context>
    <name>SessionViewModel</name>
    <message>
        <source>The sign-in has ended. Sign in again.</source>
        <translation>La sesión ha terminado. Inicia sesión de nuevo.</translation>
    </message>
    <message>
        <source>This is no address of a server. It looks like casa.example or 192.168.1.20:8470.</source>
        <translation>Esto no es la dirección de un servidor. Se parece a casa.example o 192.168.1.20:8470.</translation>
    </message>
    <message>
        <source>Enter your name and your password.</source>
        <translation>Escribe tu nombre y tu contraseña.</translation>
    </message>
    <message>
        <source>Enter the setup code. The server prints it when it starts.</source>
        <translation>Escribe el código de instalación. El servidor lo muestra al arrancar.</translation>
    </message>
    <message>
        <source>Choose a name and a password.</source>
        <translation>Elige un nombre y una contraseña.</translation>
    </message>
    <message>
        <source>The name or the password is wrong.</source>
        <translation>El nombre o la contraseña no son correctos.</translation>
    </message>
    <message>
        <source>The setup code is wrong.</source>
        <translation>El código de instalación no es correcto.</translation>
    </message>
    <message>
        <source>This server has an owner already. Sign in instead.</source>
        <translation>Este servidor ya tiene propietario. Inicia sesión.</translation>
    </message>
    <message>
        <source>You did not sign in.</source>
        <translation>No has iniciado sesión.</translation>
    </message>
    <message>
        <source>Nobody signed in. Try again.</source>
        <translation>Nadie inició sesión. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>No browser opened. Sign in here with your password.</source>
        <translation>No se abrió ningún navegador. Inicia sesión aquí con tu contraseña.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Este ordenador</translation>
    </message>
    <message>
        <source>Another Marea that runs here has this computer's library open.</source>
        <translation>Otra Marea abierta aquí tiene la biblioteca de este ordenador.</translation>
    </message>
</context>
<context>
    <name>SettingsAccount</name>
    <message>
        <source>On %1. This system has no keychain, so you will sign in again at the next start.</source>
        <translation>En %1. Este sistema no tiene llavero, así que tendrás que iniciar sesión de nuevo la próxima vez.</translation>
    </message>
    <message>
        <source>On %1. The sign-in is kept in the system's keychain.</source>
        <translation>En %1. La sesión se guarda en el llavero del sistema.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
    <message>
        <source>Where you are signed in. What you sign out is out at once.</source>
        <translation>Donde tienes la sesión iniciada. Al cerrarla, termina al instante.</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>Cerrar la sesión de %1</translation>
    </message>
    <message>
        <source>Passwords for apps</source>
        <translation>Contraseñas para aplicaciones</translation>
    </message>
    <message>
        <source>For music players on the phone that know Subsonic. One each; it is shown once.</source>
        <translation>Para reproductores de música del teléfono que conocen Subsonic. Una para cada uno; se muestra una sola vez.</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Eliminar %1</translation>
    </message>
    <message>
        <source>Delete the password?</source>
        <translation>¿Eliminar la contraseña?</translation>
    </message>
    <message>
        <source>%1 can no longer sign in with it.</source>
        <translation>%1 ya no podrá iniciar sesión con ella.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Name of the app</source>
        <translation>Nombre de la aplicación</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Crear</translation>
    </message>
    <message>
        <source>Accounts elsewhere</source>
        <translation>Cuentas de otros sitios</translation>
    </message>
    <message>
        <source>You sign in with them here too. Another one is linked when you sign in with it in the browser and then, once, with your password.</source>
        <translation>También entras aquí con ellas. Otra se vincula al entrar con ella en el navegador y después, una vez, con tu contraseña.</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Desvincular</translation>
    </message>
    <message>
        <source>Unlink %1</source>
        <translation>Desvincular %1</translation>
    </message>
    <message>
        <source>Unlink the account?</source>
        <translation>¿Desvincular la cuenta?</translation>
    </message>
    <message>
        <source>%1 will no longer sign you in here.</source>
        <translation>%1 ya no te dejará entrar aquí.</translation>
    </message>
    <message>
        <source>Credit in the store</source>
        <translation>Saldo en la tienda</translation>
    </message>
    <message>
        <source>You have none. A voucher adds to it.</source>
        <translation>No tienes. Un vale lo aumenta.</translation>
    </message>
    <message>
        <source>You have %1.</source>
        <translation>Tienes %1.</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Compras</translation>
    </message>
    <message>
        <source>A voucher adds to it.</source>
        <translation>Un vale lo aumenta.</translation>
    </message>
</context>
<context>
    <name>SettingsComputer</name>
    <message>
        <source>Folders on this computer</source>
        <translation>Carpetas de este ordenador</translation>
    </message>
    <message>
        <source>Films, series and music in them are a library of their own, without a server. Removing one leaves its files as they are.</source>
        <translation>Sus películas, series y música son una biblioteca propia, sin servidor. Quitar una deja sus archivos como están.</translation>
    </message>
    <message>
        <source>Scan %1 again</source>
        <translation>Volver a leer %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>¿Quitar %1?</translation>
    </message>
    <message>
        <source>Its titles are no longer listed. The files in the folder stay.</source>
        <translation>Sus títulos ya no aparecerán. Los archivos de la carpeta se quedan.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
</context>
<context>
    <name>SettingsDevices</name>
    <message>
        <source>Choose a folder</source>
        <translation>Elegir una carpeta</translation>
    </message>
    <message>
        <source>Folders as devices</source>
        <translation>Carpetas como dispositivos</translation>
    </message>
    <message>
        <source>Phones, players and sticks are found by themselves. A folder that is named here is treated as one: a share, a card that is mounted elsewhere.</source>
        <translation>Los teléfonos, reproductores y memorias se encuentran solos. Una carpeta que se nombre aquí se trata como uno: una carpeta compartida, una tarjeta montada en otro sitio.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Añadir una carpeta…</translation>
    </message>
</context>
<context>
    <name>SettingsHousehold</name>
    <message>
        <source>People</source>
        <translation>Personas</translation>
    </message>
    <message>
        <source>Members see all libraries or some; children what is for their age.</source>
        <translation>Los miembros ven todas las bibliotecas o algunas; los niños, lo que es para su edad.</translation>
    </message>
    <message>
        <source>Who else is on this server.</source>
        <translation>Quién más está en este servidor.</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Editar %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>¿Quitar %1?</translation>
    </message>
    <message>
        <source>Their playlists, ratings and history go too. This cannot be undone.</source>
        <translation>Sus listas, valoraciones e historial también se van. No se puede deshacer.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Add somebody</source>
        <translation>Añadir a alguien</translation>
    </message>
    <message>
        <source>Any number</source>
        <translation>Sin límite</translation>
    </message>
    <message>
        <source>Plays at once, each</source>
        <translation>Reproducciones a la vez, cada uno</translation>
    </message>
    <message>
        <source>How much one person may play at the same time.</source>
        <translation>Cuánto puede reproducir una persona al mismo tiempo.</translation>
    </message>
    <message>
        <source>Plays at once, all together</source>
        <translation>Reproducciones a la vez, entre todos</translation>
    </message>
    <message>
        <source>How much the whole household may play at the same time.</source>
        <translation>Cuánto puede reproducir todo el hogar al mismo tiempo.</translation>
    </message>
    <message>
        <source>Devices, each</source>
        <translation>Dispositivos, cada uno</translation>
    </message>
    <message>
        <source>On how many devices one person may be signed in.</source>
        <translation>En cuántos dispositivos puede tener una persona la sesión iniciada.</translation>
    </message>
    <message>
        <source>One device too many</source>
        <translation>Un dispositivo de más</translation>
    </message>
    <message>
        <source>Is refused, or takes the place of the one that was silent longest.</source>
        <translation>Se rechaza, o toma el lugar del que lleva más tiempo en silencio.</translation>
    </message>
    <message>
        <source>Refuse it</source>
        <translation>Rechazarlo</translation>
    </message>
    <message>
        <source>Sign out the oldest</source>
        <translation>Cerrar la sesión más antigua</translation>
    </message>
</context>
<context>
    <name>SettingsLook</name>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Dark, light, or as the system is.</source>
        <translation>Oscuro, claro o como el sistema.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Sistema</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Changes at once, without a restart.</source>
        <translation>Cambia al instante, sin reiniciar.</translation>
    </message>
    <message>
        <source>Marea %1</source>
        <translation>Marea %1</translation>
    </message>
    <message>
        <source>Commit %1. Server %2. Free software under the GNU GPL, version 3 or later. Inter (OFL) and Lucide (ISC) are bundled.</source>
        <translation>Commit %1. Servidor %2. Software libre bajo la GNU GPL, versión 3 o posterior. Incluye Inter (OFL) y Lucide (ISC).</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>Quedarse en la bandeja</translation>
    </message>
    <message>
        <source>Closing the window leaves Marea running, where the system has a tray.</source>
        <translation>Al cerrar la ventana, Marea sigue funcionando, donde el sistema tiene una bandeja.</translation>
    </message>
    <message>
        <source>Tell each track</source>
        <translation>Avisar de cada pista</translation>
    </message>
    <message>
        <source>A notification when a track begins while the window is not looked at.</source>
        <translation>Un aviso cuando empieza una pista y la ventana no está a la vista.</translation>
    </message>
    <message>
        <source>Played by %1</source>
        <translation>Reproduce %1</translation>
    </message>
    <message>
        <source>It can do all that Marea offers.</source>
        <translation>Puede con todo lo que Marea ofrece.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sound</source>
        <translation>Sonido</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>Reproducción</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Servidores</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>Hogar</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Servidor</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Buscar en los ajustes</translation>
    </message>
    <message>
        <source>No setting is about “%1”.</source>
        <translation>Ningún ajuste trata de “%1”.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Este ordenador</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Dispositivos</translation>
    </message>
</context>
<context>
    <name>SettingsPeers</name>
    <message>
        <source>Sync with other computers</source>
        <translation>Sincronizar con otros ordenadores</translation>
    </message>
    <message>
        <source>Ratings, plays and playlists, with computers that you pair under Devices. Nobody else is let in.</source>
        <translation>Valoraciones, reproducciones y listas, con ordenadores que emparejes en Dispositivos. Nadie más puede entrar.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un momento…</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>Ordenadores</translation>
    </message>
    <message>
        <source>Which ones, what they may see, and when they synced.</source>
        <translation>Cuáles, qué pueden ver y cuándo se sincronizaron.</translation>
    </message>
    <message>
        <source>Pair and manage</source>
        <translation>Emparejar y gestionar</translation>
    </message>
</context>
<context>
    <name>SettingsPlayback</name>
    <message>
        <source>Streaming quality</source>
        <translation>Calidad de transmisión</translation>
    </message>
    <message>
        <source>The most of your connection that a film may take. Original sends the file as it is.</source>
        <translation>Lo máximo de tu conexión que puede usar una película. Original envía el archivo tal como es.</translation>
    </message>
    <message>
        <source>Sound of films</source>
        <translation>Sonido de las películas</translation>
    </message>
    <message>
        <source>Even loudness makes films as loud as each other; night also keeps loud scenes down. The server encodes the sound anew for it.</source>
        <translation>El volumen uniforme iguala unas películas con otras; de noche también suaviza las escenas fuertes. El servidor vuelve a codificar el sonido para ello.</translation>
    </message>
    <message>
        <source>HDR films in a window of their own</source>
        <translation>Películas en HDR en una ventana propia</translation>
    </message>
    <message>
        <source>For displays that show HDR. Elsewhere films in HDR are fitted to the display's usual range.</source>
        <translation>Para pantallas que muestran HDR. En las demás, las películas en HDR se ajustan al rango habitual de la pantalla.</translation>
    </message>
</context>
<context>
    <name>SettingsServer</name>
    <message>
        <source>%1 was added and is being read.</source>
        <translation>%1 se ha añadido y se está leyendo.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Elige una carpeta</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotecas</translation>
    </message>
    <message>
        <source>Folders of films, series or music on the server's computer. Removing one leaves its files as they are.</source>
        <translation>Carpetas de películas, series o música en el ordenador del servidor. Al quitar una, sus archivos quedan como están.</translation>
    </message>
    <message>
        <source>Scan %1 again</source>
        <translation>Volver a leer %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>¿Quitar %1?</translation>
    </message>
    <message>
        <source>Its titles are no longer listed. The files in the folder stay.</source>
        <translation>Sus títulos dejan de aparecer. Los archivos de la carpeta se quedan.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>/srv/media/Films</source>
        <translation>/srv/media/Películas</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Playing now</source>
        <translation>Reproduciéndose ahora</translation>
    </message>
    <message>
        <source>Nobody plays anything.</source>
        <translation>Nadie reproduce nada.</translation>
    </message>
    <message>
        <source>Who plays what, and how it reaches them.</source>
        <translation>Quién reproduce qué y cómo le llega.</translation>
    </message>
    <message>
        <source>End %1</source>
        <translation>Terminar %1</translation>
    </message>
    <message>
        <source>Work in the background</source>
        <translation>Trabajo en segundo plano</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>No hay ninguno.</translation>
    </message>
    <message>
        <source>The latest first.</source>
        <translation>Lo más reciente primero.</translation>
    </message>
    <message>
        <source>Call off: %1</source>
        <translation>Cancelar: %1</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>How much is used, and how full the disks are.</source>
        <translation>Cuánto se usa y cómo de llenos están los discos.</translation>
    </message>
</context>
<context>
    <name>SettingsServers</name>
    <message>
        <source>Servers</source>
        <translation>Servidores</translation>
    </message>
    <message>
        <source>Change between them without signing in anew.</source>
        <translation>Cambia de uno a otro sin iniciar sesión de nuevo.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 en %2</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Switch to %1</source>
        <translation>Cambiar a %1</translation>
    </message>
    <message>
        <source>Forget %1</source>
        <translation>Olvidar %1</translation>
    </message>
    <message>
        <source>casa.example or 192.168.1.20:8470</source>
        <translation>casa.example o 192.168.1.20:8470</translation>
    </message>
    <message>
        <source>Address of another server</source>
        <translation>Dirección de otro servidor</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>Its own folders, without a server</source>
        <translation>Sus propias carpetas, sin servidor</translation>
    </message>
    <message>
        <source>Show a title once</source>
        <translation>Mostrar cada título una vez</translation>
    </message>
    <message>
        <source>A search looks in all of these, and films, series, albums and artists stand in one list. What several have is shown once and plays from the nearest, and all of them know where you stopped. Off, they are kept apart.</source>
        <translation>Una búsqueda mira en todos, y las películas, series, álbumes y artistas están en una sola lista. Lo que tienen varios se muestra una vez y se reproduce desde el más cercano, y todos saben dónde lo dejaste. Si no, cada uno va por su cuenta.</translation>
    </message>
</context>
<context>
    <name>SettingsSharing</name>
    <message>
        <source>Share on the network</source>
        <translation>Compartir en la red</translation>
    </message>
    <message>
        <source>Others nearby sign in with a code that you give them. Turning it off ends what they play.</source>
        <translation>Quien esté cerca entra con un código que tú le das. Al apagarlo termina lo que reproduzca.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un momento…</translation>
    </message>
    <message>
        <source>The way in</source>
        <translation>Cómo se entra</translation>
    </message>
    <message>
        <source>Address, name and code are typed on the other device. The pin is the certificate's: what the other device shows is the same.</source>
        <translation>La dirección, el nombre y el código se escriben en el otro dispositivo. La huella es la del certificado: el otro dispositivo muestra la misma.</translation>
    </message>
    <message>
        <source>This computer is on no network.</source>
        <translation>Este ordenador no está en ninguna red.</translation>
    </message>
    <message>
        <source>The address as a QR code</source>
        <translation>La dirección como código QR</translation>
    </message>
    <message>
        <source>Name: %1</source>
        <translation>Nombre: %1</translation>
    </message>
    <message>
        <source>Code: %1</source>
        <translation>Código: %1</translation>
    </message>
    <message>
        <source>Good once, for ten minutes.</source>
        <translation>Vale una vez, durante diez minutos.</translation>
    </message>
    <message>
        <source>Show a code</source>
        <translation>Mostrar un código</translation>
    </message>
    <message>
        <source>Another code</source>
        <translation>Otro código</translation>
    </message>
    <message>
        <source>Pin: %1</source>
        <translation>Huella: %1</translation>
    </message>
    <message>
        <source>What is shared</source>
        <translation>Qué se comparte</translation>
    </message>
    <message>
        <source>Folders that are not chosen are not seen by others.</source>
        <translation>Las carpetas que no estén elegidas no las ve nadie más.</translation>
    </message>
    <message>
        <source>Who is signed in</source>
        <translation>Quién ha entrado</translation>
    </message>
    <message>
        <source>Nobody yet.</source>
        <translation>Nadie todavía.</translation>
    </message>
    <message>
        <source>Whom you sign out is out at once.</source>
        <translation>A quien cierres la sesión queda fuera al momento.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>Cerrar la sesión de %1</translation>
    </message>
</context>
<context>
    <name>SettingsSound</name>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Where the sound comes out.</source>
        <translation>Por dónde sale el sonido.</translation>
    </message>
    <message>
        <source>Device: %1</source>
        <translation>Dispositivo: %1</translation>
    </message>
    <message>
        <source>For Marea alone</source>
        <translation>Solo para Marea</translation>
    </message>
    <message>
        <source>Other programs are silent while something plays, and the sound reaches the device unmixed.</source>
        <translation>Otros programas callan mientras se reproduce algo, y el sonido llega al dispositivo sin mezclar.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>No</translation>
    </message>
    <message>
        <source>To the receiver as it is</source>
        <translation>Al receptor tal como es</translation>
    </message>
    <message>
        <source>Sound that your receiver decodes by itself. The equaliser does not change it.</source>
        <translation>Sonido que tu receptor decodifica por sí mismo. El ecualizador no lo cambia.</translation>
    </message>
    <message>
        <source>Loudness of music</source>
        <translation>Volumen de la música</translation>
    </message>
    <message>
        <source>By the gains in the files (ReplayGain).</source>
        <translation>Según las ganancias de los archivos (ReplayGain).</translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>Ecualizador</translation>
    </message>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>%1 dB</source>
        <translation>%1 dB</translation>
    </message>
    <message>
        <source>Cross-fade</source>
        <translation>Fundido</translation>
    </message>
    <message>
        <source>One track goes over into the next. An album in its order stays as it was made.</source>
        <translation>Una pista pasa a la siguiente sin corte. Un álbum en su orden queda como se hizo.</translation>
    </message>
    <message>
        <source>Not while the device is for Marea alone, or the receiver decodes the sound.</source>
        <translation>No mientras el dispositivo sea solo para Marea o el receptor descodifique el sonido.</translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsViewModel</name>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>%1 Mbit/s</source>
        <translation>%1 Mbit/s</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Tal cual</translation>
    </message>
    <message>
        <source>Even loudness</source>
        <translation>Volumen uniforme</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Noche</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequeño</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Mediano</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grande</translation>
    </message>
</context>
<context>
    <name>SharingViewModel</name>
    <message>
        <source>seen %1</source>
        <translation>visto %1</translation>
    </message>
</context>
<context>
    <name>ShowPage</name>
    <message>
        <source>Episodes</source>
        <translation>Episodios</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Quitar de favoritos</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Añadir a favoritos</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Trailer</source>
        <translation>Tráiler</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>There are no episodes here.</source>
        <translation>Aquí no hay episodios.</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Sections</source>
        <translation>Secciones</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Abrir archivo…</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Listas</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Find your server</source>
        <translation>Encuentra tu servidor</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>Configura %1</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Inicia sesión en %1</translation>
    </message>
    <message>
        <source>The address of the computer that Marea's server runs on.</source>
        <translation>La dirección del equipo donde funciona el servidor de Marea.</translation>
    </message>
    <message>
        <source>Choose the name and the password of its owner.</source>
        <translation>Elige el nombre y la contraseña de su propietario.</translation>
    </message>
    <message>
        <source>This system has no keychain, so you will sign in again at the next start.</source>
        <translation>Este sistema no tiene llavero, así que tendrás que iniciar sesión de nuevo la próxima vez.</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Abrir archivo…</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Otro servidor</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>Dirección del servidor</translation>
    </message>
    <message>
        <source>casa.example or 192.168.1.20:8470</source>
        <translation>casa.example o 192.168.1.20:8470</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conectando…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Iniciando sesión…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Setup code</source>
        <translation>Código de instalación</translation>
    </message>
    <message>
        <source>Setting up…</source>
        <translation>Configurando…</translation>
    </message>
    <message>
        <source>Create owner</source>
        <translation>Crear propietario</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Conectando con %1…</translation>
    </message>
    <message>
        <source>No server yet? Start marea-server on the computer with your films and music. It prints this address.</source>
        <translation>¿Aún no hay servidor? Inicia marea-server en el ordenador que tiene tus películas y tu música. Muestra esta dirección.</translation>
    </message>
    <message>
        <source>Go on in the browser…</source>
        <translation>Sigue en el navegador…</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Iniciar sesión con el navegador</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Abrir la página otra vez</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Sign in here with a password</source>
        <translation>Iniciar sesión aquí con contraseña</translation>
    </message>
    <message>
        <source>Opening this computer's library…</source>
        <translation>Abriendo la biblioteca de este ordenador…</translation>
    </message>
    <message>
        <source>Use a server instead</source>
        <translation>Usar un servidor</translation>
    </message>
    <message>
        <source>Which folders?</source>
        <translation>¿Qué carpetas?</translation>
    </message>
    <message>
        <source>Films, series and music in them are your library. Nothing in them is changed.</source>
        <translation>Sus películas, series y música son tu biblioteca. Nada en ellas cambia.</translation>
    </message>
    <message>
        <source>Use films and music on this computer</source>
        <translation>Usar lo que hay en este ordenador</translation>
    </message>
</context>
<context>
    <name>SmallControls</name>
    <message>
        <source>10 seconds back</source>
        <translation>10 segundos atrás</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation>10 segundos adelante</translation>
    </message>
    <message>
        <source>Back to the large window</source>
        <translation>Volver a la ventana grande</translation>
    </message>
</context>
<context>
    <name>SmartFields</name>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artista</translation>
    </message>
    <message>
        <source>Album artist</source>
        <translation>Artista del álbum</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Álbum</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minutos</translation>
    </message>
    <message>
        <source>Rating, of 10</source>
        <translation>Valoración, de 10</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Reproducciones</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favorito</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Visto</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Empezado</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadido</translation>
    </message>
    <message>
        <source>Last played</source>
        <translation>Última reproducción</translation>
    </message>
    <message>
        <source>is</source>
        <translation>es</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>no es</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>contiene</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>no contiene</translation>
    </message>
    <message>
        <source>begins with</source>
        <translation>empieza por</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>al menos</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>como máximo</translation>
    </message>
    <message>
        <source>from – to</source>
        <translation>de – a</translation>
    </message>
    <message>
        <source>in the last days</source>
        <translation>en los últimos días</translation>
    </message>
    <message>
        <source>not in the last days</source>
        <translation>no en los últimos días</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>sí</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>film</source>
        <translation>película</translation>
    </message>
    <message>
        <source>episode</source>
        <translation>episodio</translation>
    </message>
    <message>
        <source>video</source>
        <translation>vídeo</translation>
    </message>
    <message>
        <source>track</source>
        <translation>pista</translation>
    </message>
</context>
<context>
    <name>SmartRuleRow</name>
    <message>
        <source>A rule that is not edited here; it is kept.</source>
        <translation>Una regla que no se edita aquí; se conserva.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Campo</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparación</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>2000 – 2010</source>
        <translation>2000 – 2010</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Días</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>Quitar esta regla</translation>
    </message>
</context>
<context>
    <name>SmartRulesViewModel</name>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadido</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Valoración</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Reproducciones</translation>
    </message>
    <message>
        <source>Last played</source>
        <translation>Última reproducción</translation>
    </message>
    <message>
        <source>More than %1 titles</source>
        <translation>Más de %1 títulos</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) now</source>
        <translation>
            <numerusform>%n título ahora</numerusform>
            <numerusform>%n títulos ahora</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SmartSheet</name>
    <message>
        <source>Rules</source>
        <translation>Reglas</translation>
    </message>
    <message>
        <source>New smart playlist</source>
        <translation>Lista inteligente nueva</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>All rules</source>
        <translation>Todas las reglas</translation>
    </message>
    <message>
        <source>Any rule</source>
        <translation>Alguna regla</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Añadir una regla</translation>
    </message>
    <message>
        <source>Sorted by %1</source>
        <translation>Ordenado por %1</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordenar por</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Ascendente</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Descendente</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>como máximo</translation>
    </message>
    <message>
        <source>At most so many titles</source>
        <translation>Como máximo tantos títulos</translation>
    </message>
    <message>
        <source>Fill in each rule.</source>
        <translation>Completa cada regla.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Crear</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>SortFilterBar</name>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Añadido recientemente</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Sorted by %1</source>
        <translation>Ordenado por %1</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Ordenar por</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Tamaño de las imágenes</translation>
    </message>
    <message>
        <source>Size of the pictures: %1</source>
        <translation>Tamaño de las imágenes: %1</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artista</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Álbum</translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>Not rated</source>
        <translation>Sin valorar</translation>
    </message>
    <message>
        <source>%1 of 5 stars</source>
        <translation>%1 de 5 estrellas</translation>
    </message>
</context>
<context>
    <name>Stars</name>
    <message>
        <source>%1 of 5</source>
        <translation>%1 de 5</translation>
    </message>
</context>
<context>
    <name>StatisticsView</name>
    <message>
        <source>Leave the sound as it is</source>
        <translation>Dejar el sonido como es</translation>
    </message>
    <message>
        <source>Take the limit away</source>
        <translation>Quitar el límite</translation>
    </message>
    <message>
        <source>Then the server sends it as it is, where this computer can play that.</source>
        <translation>Entonces el servidor lo envía tal como es, donde este equipo pueda reproducirlo.</translation>
    </message>
</context>
<context>
    <name>StoreHead</name>
    <message>
        <source>Store</source>
        <translation>Tienda</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>Ventas</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Compras</translation>
    </message>
    <message>
        <source>Search the store</source>
        <translation>Buscar en la tienda</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Precio</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Orden</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Moneda</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Quitar los filtros</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>Staff picks</source>
        <translation>Recomendados</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Novedades</translation>
    </message>
    <message>
        <source>Best-selling</source>
        <translation>Lo más vendido</translation>
    </message>
    <message>
        <source>Nothing is for sale yet.</source>
        <translation>Aún no hay nada en venta.</translation>
    </message>
    <message>
        <source>Put a library up for sale, and make products of what is in it.</source>
        <translation>Pon una biblioteca en venta y crea productos con lo que contiene.</translation>
    </message>
    <message>
        <source>Sell something</source>
        <translation>Vender algo</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>StoreTexts</name>
    <message>
        <source>Album</source>
        <translation>Álbum</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>Temporada</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Canción</translation>
    </message>
    <message>
        <source>Audiobook</source>
        <translation>Audiolibro</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Película</translation>
    </message>
    <message numerus="yes">
        <source>%n track(s)</source>
        <translation>
            <numerusform>%n pista</numerusform>
            <numerusform>%n pistas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n episode(s)</source>
        <translation>
            <numerusform>%n episodio</numerusform>
            <numerusform>%n episodios</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n título</numerusform>
            <numerusform>%n títulos</numerusform>
        </translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Gratis</translation>
    </message>
    <message>
        <source>Not sold</source>
        <translation>No se vende</translation>
    </message>
    <message>
        <source>Pay what you like</source>
        <translation>Paga lo que quieras</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Desde %1</translation>
    </message>
    <message>
        <source>Order ahead. It comes on %1.</source>
        <translation>Resérvalo. Llega el %1.</translation>
    </message>
    <message>
        <source>%1 % off until %2</source>
        <translation>%1 % menos hasta el %2</translation>
    </message>
    <message>
        <source>Refund on its way</source>
        <translation>Reembolso en camino</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Regalado</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>Comprado</translation>
    </message>
    <message>
        <source>Comes on %1</source>
        <translation>Llega el %1</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Reembolsado</translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation>No pagado</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Caducado</translation>
    </message>
    <message>
        <source>Waiting for payment</source>
        <translation>Esperando el pago</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Saldo</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Tarjeta</translation>
    </message>
    <message>
        <source>Payment disputed</source>
        <translation>Pago en disputa</translation>
    </message>
    <message>
        <source>Payment taken back by the bank</source>
        <translation>El banco recuperó el pago</translation>
    </message>
    <message>
        <source>A refund is on its way. It is no longer in your library.</source>
        <translation>El reembolso está en camino. Ya no está en tu biblioteca.</translation>
    </message>
    <message>
        <source>It was refunded, and is no longer in your library.</source>
        <translation>Se reembolsó y ya no está en tu biblioteca.</translation>
    </message>
    <message>
        <source>Its payment is disputed with the bank. It is not in your library until that is decided.</source>
        <translation>Su pago está en disputa con el banco. No está en tu biblioteca hasta que se decida.</translation>
    </message>
    <message>
        <source>The bank took its payment back. It is no longer in your library.</source>
        <translation>El banco recuperó su pago. Ya no está en tu biblioteca.</translation>
    </message>
    <message>
        <source>%1 of it was given back.</source>
        <translation>Se devolvieron %1.</translation>
    </message>
</context>
<context>
    <name>StoreViewModel</name>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Álbumes</translation>
    </message>
    <message>
        <source>Films and tracks</source>
        <translation>Películas y canciones</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Lotes</translation>
    </message>
    <message>
        <source>Any genre</source>
        <translation>Cualquier género</translation>
    </message>
    <message>
        <source>Any price</source>
        <translation>Cualquier precio</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Gratis</translation>
    </message>
    <message>
        <source>Up to %1</source>
        <translation>Hasta %1</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Primero lo nuevo</translation>
    </message>
    <message>
        <source>Best-selling first</source>
        <translation>Primero lo más vendido</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Por título</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>English</source>
        <translation>Inglés</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Español</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Francés</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Alemán</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italiano</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugués</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japonés</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chino</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Ruso</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>Catalán</translation>
    </message>
    <message numerus="yes">
        <source>%n track(s)</source>
        <translation>
            <numerusform>%n pista</numerusform>
            <numerusform>%n pistas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n season(s)</source>
        <translation>
            <numerusform>%n temporada</numerusform>
            <numerusform>%n temporadas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n album(s)</source>
        <translation>
            <numerusform>%n álbum</numerusform>
            <numerusform>%n álbumes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 h %2</translation>
    </message>
    <message>
        <source>Mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>Stereo</source>
        <translation>Estéreo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 canales</translation>
    </message>
    <message>
        <source>SD</source>
        <translation>SD</translation>
    </message>
    <message>
        <source>S%1 E%2</source>
        <translation>T%1 E%2</translation>
    </message>
    <message>
        <source>Episode %1</source>
        <translation>Episodio %1</translation>
    </message>
    <message>
        <source>Transcoded</source>
        <translation>Transcodificado</translation>
    </message>
    <message>
        <source>Repackaged</source>
        <translation>Reempaquetado</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Directo</translation>
    </message>
    <message>
        <source>Unknown language</source>
        <translation>Idioma desconocido</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>forzados</translation>
    </message>
    <message>
        <source>Couldn't reach the server. Check that it is running and that the address is right.</source>
        <translation>No se pudo alcanzar el servidor. Comprueba que esté en marcha y que la dirección sea correcta.</translation>
    </message>
    <message>
        <source>The server took too long to answer.</source>
        <translation>El servidor tardó demasiado en responder.</translation>
    </message>
    <message>
        <source>Too many tries. Wait a little, then try again.</source>
        <translation>Demasiados intentos. Espera un poco y vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>The sign-in has ended. Sign in again.</source>
        <translation>La sesión ha terminado. Inicia sesión de nuevo.</translation>
    </message>
    <message>
        <source>This is not here any more.</source>
        <translation>Esto ya no está aquí.</translation>
    </message>
    <message>
        <source>Something went wrong on the server. Try again.</source>
        <translation>Algo falló en el servidor. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>From this computer</source>
        <translation>De este equipo</translation>
    </message>
    <message>
        <source>Season %1</source>
        <translation>Temporada %1</translation>
    </message>
    <message>
        <source>Specials</source>
        <translation>Especiales</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>just now</source>
        <translation>ahora mismo</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>hace %n minuto</numerusform>
            <numerusform>hace %n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>hace %n hora</numerusform>
            <numerusform>hace %n horas</numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>ayer</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>hace %n día</numerusform>
            <numerusform>hace %n días</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TitleActions</name>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n título</numerusform>
            <numerusform>%n títulos</numerusform>
        </translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>Reproducir a continuación</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>Añadir a la cola</translation>
    </message>
    <message>
        <source>Add to playlist…</source>
        <translation>Añadir a una lista…</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Quitar de favoritos</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Añadir a favoritos</translation>
    </message>
    <message>
        <source>Mark as not watched</source>
        <translation>Marcar como no visto</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Marcar como visto</translation>
    </message>
    <message>
        <source>Go to the album</source>
        <translation>Ir al álbum</translation>
    </message>
    <message>
        <source>Go to the artist</source>
        <translation>Ir al artista</translation>
    </message>
    <message>
        <source>Go to the series</source>
        <translation>Ir a la serie</translation>
    </message>
    <message>
        <source>Remove from this playlist</source>
        <translation>Quitar de esta lista</translation>
    </message>
    <message>
        <source>There is nothing in it that can be played.</source>
        <translation>No hay nada que se pueda reproducir.</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) will play next.</source>
        <translation>
            <numerusform>%n título sonará a continuación.</numerusform>
            <numerusform>%n títulos sonarán a continuación.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) added to the queue.</source>
        <translation>
            <numerusform>%n título añadido a la cola.</numerusform>
            <numerusform>%n títulos añadidos a la cola.</numerusform>
        </translation>
    </message>
    <message>
        <source>Fix match…</source>
        <translation>Corregir coincidencia…</translation>
    </message>
    <message>
        <source>Play from</source>
        <translation>Reproducir desde</translation>
    </message>
    <message>
        <source>Sell it…</source>
        <translation>Venderlo…</translation>
    </message>
    <message>
        <source>Put on %1</source>
        <translation>Poner en %1</translation>
    </message>
</context>
<context>
    <name>TitleGhost</name>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n título</numerusform>
            <numerusform>%n títulos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Back</source>
        <translation>Atrás</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Adelante</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search films, series, music…</source>
        <translation>Busca películas, series, música…</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 en %2</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Requiere atención</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Abrir archivo…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
</context>
<context>
    <name>TrackList</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Pistas</translation>
    </message>
</context>
<context>
    <name>TrackRow</name>
    <message>
        <source>Play %1</source>
        <translation>Reproducir %1</translation>
    </message>
</context>
<context>
    <name>TrackTable</name>
    <message>
        <source>Artist</source>
        <translation>Artista</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Álbum</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Género</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Año</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Reproducciones</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Valoración</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Añadido</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Duración</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Pistas</translation>
    </message>
</context>
<context>
    <name>TrackTableHead</name>
    <message>
        <source>%1, descending</source>
        <translation>%1, descendente</translation>
    </message>
    <message>
        <source>%1, ascending</source>
        <translation>%1, ascendente</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Título</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
</context>
<context>
    <name>TrackTableRow</name>
    <message>
        <source>Play %1</source>
        <translation>Reproducir %1</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Show Marea</source>
        <translation>Mostrar Marea</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>TuningViewModel</name>
    <message>
        <source>Saved as %1</source>
        <translation>Guardada como %1</translation>
    </message>
    <message>
        <source>The picture could not be saved.</source>
        <translation>No se pudo guardar la imagen.</translation>
    </message>
    <message>
        <source>Sleep timer</source>
        <translation>Temporizador</translation>
    </message>
    <message>
        <source>A–B</source>
        <translation>A–B</translation>
    </message>
    <message>
        <source>Save this picture</source>
        <translation>Guardar esta imagen</translation>
    </message>
    <message>
        <source>Sound delay</source>
        <translation>Retraso del sonido</translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>Ecualizador</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtítulos</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Retraso</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Color</translation>
    </message>
    <message>
        <source>Behind the words</source>
        <translation>Detrás de las palabras</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lugar</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Propio</translation>
    </message>
    <message>
        <source>Repeat a part from here</source>
        <translation>Repetir una parte desde aquí</translation>
    </message>
    <message>
        <source>Repeat up to here</source>
        <translation>Repetir hasta aquí</translation>
    </message>
    <message>
        <source>Repeat it no more</source>
        <translation>No repetir más</translation>
    </message>
    <message>
        <source>%1 to %2, again and again</source>
        <translation>De %1 a %2, una y otra vez</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Desde %1</translation>
    </message>
    <message>
        <source>No longer repeated</source>
        <translation>Ya no se repite</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>No</translation>
    </message>
    <message>
        <source>At the end of this</source>
        <translation>Al final de esto</translation>
    </message>
    <message numerus="yes">
        <source>In %n minute(s)</source>
        <translation>
            <numerusform>En %n minuto</numerusform>
            <numerusform>En %n minutos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>queda %n min</numerusform>
            <numerusform>quedan %n min</numerusform>
        </translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Como lo tiene el sistema</translation>
    </message>
    <message>
        <source>%1k</source>
        <translation>%1k</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Pequeño</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Habitual</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grande</translation>
    </message>
    <message>
        <source>Very large</source>
        <translation>Muy grande</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Blanco</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Amarillo</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Azul</translation>
    </message>
    <message>
        <source>An edge</source>
        <translation>Un borde</translation>
    </message>
    <message>
        <source>A veil</source>
        <translation>Un velo</translation>
    </message>
    <message>
        <source>A black box</source>
        <translation>Un recuadro negro</translation>
    </message>
    <message>
        <source>At the foot</source>
        <translation>Al pie</translation>
    </message>
    <message>
        <source>Higher</source>
        <translation>Más arriba</translation>
    </message>
    <message>
        <source>At the top</source>
        <translation>Arriba</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Tal cual</translation>
    </message>
    <message>
        <source>Each track alike</source>
        <translation>Cada pista igual</translation>
    </message>
    <message>
        <source>Each album alike</source>
        <translation>Cada álbum igual</translation>
    </message>
    <message>
        <source>More bass</source>
        <translation>Más graves</translation>
    </message>
    <message>
        <source>More treble</source>
        <translation>Más agudos</translation>
    </message>
    <message>
        <source>Clear voices</source>
        <translation>Voces claras</translation>
    </message>
    <message>
        <source>Listening softly</source>
        <translation>Escuchar bajito</translation>
    </message>
    <message>
        <source>Small speakers</source>
        <translation>Altavoces pequeños</translation>
    </message>
    <message>
        <source>what a server would have to encode, and protected titles</source>
        <translation>lo que un servidor tendría que codificar y los títulos protegidos</translation>
    </message>
    <message>
        <source>HDR</source>
        <translation>HDR</translation>
    </message>
    <message>
        <source>subtitles in files of their own</source>
        <translation>los subtítulos en archivos aparte</translation>
    </message>
    <message>
        <source>the look of subtitles</source>
        <translation>el aspecto de los subtítulos</translation>
    </message>
    <message>
        <source>chapters of files on this computer</source>
        <translation>los capítulos de los archivos de este ordenador</translation>
    </message>
    <message>
        <source>delays of sound and subtitles</source>
        <translation>los retardos del sonido y de los subtítulos</translation>
    </message>
    <message>
        <source>repeating a part</source>
        <translation>repetir una parte</translation>
    </message>
    <message>
        <source>albums without gaps</source>
        <translation>los álbumes sin pausas</translation>
    </message>
    <message>
        <source>cross-fade</source>
        <translation>el fundido entre pistas</translation>
    </message>
    <message>
        <source>the equaliser</source>
        <translation>el ecualizador</translation>
    </message>
    <message>
        <source>even loudness of music</source>
        <translation>el volumen igualado de la música</translation>
    </message>
    <message>
        <source>a device for Marea alone</source>
        <translation>un dispositivo solo para Marea</translation>
    </message>
    <message>
        <source>sound to the receiver as it is</source>
        <translation>el sonido al receptor tal cual</translation>
    </message>
    <message>
        <source>Not with %1, which plays here. libmpv can.</source>
        <translation>No con %1, que reproduce aquí. libmpv sí puede.</translation>
    </message>
    <message>
        <source>Left out without libmpv: %1.</source>
        <translation>Lo que falta sin libmpv: %1.</translation>
    </message>
</context>
<context>
    <name>VoucherCodesSheet</name>
    <message>
        <source>New vouchers</source>
        <translation>Vales nuevos</translation>
    </message>
    <message>
        <source>They are shown this once. Keep them in a file before you close this.</source>
        <translation>Se muestran esta única vez. Guárdalos en un archivo antes de cerrar esto.</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Códigos</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Guardar como CSV…</translation>
    </message>
    <message>
        <source>Save the vouchers</source>
        <translation>Guardar los vales</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>VoucherField</name>
    <message>
        <source>Voucher code</source>
        <translation>Código del vale</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>Canjear</translation>
    </message>
</context>
<context>
    <name>Wallet</name>
    <message>
        <source>%1 of credit came.</source>
        <translation>Se han añadido %1 de saldo.</translation>
    </message>
    <message>
        <source>There is no such voucher, or it was used.</source>
        <translation>No existe ese vale o ya se usó.</translation>
    </message>
</context>
<context>
    <name>WorkButton</name>
    <message numerus="yes">
        <source>%n file(s) need attention</source>
        <translation>
            <numerusform>%n archivo requiere atención</numerusform>
            <numerusform>%n archivos requieren atención</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Running: %n</source>
        <translation>
            <numerusform>En marcha: %n</numerusform>
            <numerusform>En marcha: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkTray</name>
    <message>
        <source>Running</source>
        <translation>En marcha</translation>
    </message>
    <message>
        <source>Go on: %1</source>
        <translation>Continuar: %1</translation>
    </message>
    <message>
        <source>Pause: %1</source>
        <translation>Pausar: %1</translation>
    </message>
    <message>
        <source>Call off: %1</source>
        <translation>Cancelar: %1</translation>
    </message>
</context>
<context>
    <name>ServersNearby</name>
    <message>
        <source>On this network</source>
        <translation>En esta red</translation>
    </message>
    <message>
        <source>Says that it is %1, which you know at %2. Marea cannot make sure of that. Go there only if you know that it has moved; you sign in anew.</source>
        <translation>Dice que es %1, que conoces en %2. Marea no puede comprobarlo. Ve allí solo si sabes que ha cambiado de dirección; tendrás que iniciar sesión de nuevo.</translation>
    </message>
    <message>
        <source>Says that it is %1, but does not have its certificate. Take it for another one.</source>
        <translation>Dice que es %1, pero no tiene su certificado. Trátalo como otro.</translation>
    </message>
</context>
<context>
    <name>ChapterCard</name>
    <message>
        <source>Play from %1, %2</source>
        <translation>Reproducir desde %1, %2</translation>
    </message>
</context>
<context>
    <name>AlbumCredits</name>
    <message>
        <source>Credits</source>
        <translation>Créditos</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Search for this name</source>
        <translation>Buscar este nombre</translation>
    </message>
</context>
<context>
    <name>ListStates</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Nothing matches these filters.</source>
        <translation>Nada coincide con estos filtros.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Quitar filtros</translation>
    </message>
</context>
<context>
    <name>ReachCard</name>
    <message>
        <source>Downloads</source>
        <translation>Descargas</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>Unreached</name>
    <message>
        <source>Couldn't reach %1. What the others have is shown.</source>
        <translation>No se puede llegar a %1. Se muestra lo que tienen las demás.</translation>
    </message>
</context>
<context>
    <name>RepeatButton</name>
    <message>
        <source>Repeat: off</source>
        <translation>Repetir: no</translation>
    </message>
    <message>
        <source>Repeat: all</source>
        <translation>Repetir: todo</translation>
    </message>
    <message>
        <source>Repeat: this one</source>
        <translation>Repetir: esta</translation>
    </message>
</context>
<context>
    <name>ShuffleButton</name>
    <message>
        <source>Shuffle: on</source>
        <translation>Aleatorio: sí</translation>
    </message>
    <message>
        <source>Shuffle: off</source>
        <translation>Aleatorio: no</translation>
    </message>
</context>
</TS>
