<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
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
</context>
<context>
    <name>AwayBar</name>
    <message>
        <source>Couldn&apos;t reach %1. What is on this computer plays all the same.</source>
        <translation>No se puede llegar a %1. Lo que está en este equipo se reproduce igual.</translation>
    </message>
    <message>
        <source>Couldn&apos;t reach %1. It goes on when the server is there.</source>
        <translation>No se puede llegar a %1. Sigue cuando el servidor esté.</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Descargas</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
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
    <name>ChapterRow</name>
    <message>
        <source>Play from %1, %2</source>
        <translation>Reproducir desde %1, %2</translation>
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
        <translation>Traer por sí mismo lo que sigue</translation>
    </message>
    <message>
        <source>Nothing is on this computer yet.</source>
        <translation>Todavía no hay nada en este equipo.</translation>
    </message>
    <message>
        <source>Choose Download on a film, an episode or an album, to have it without the server too.</source>
        <translation>Elige Descargar en una película, un episodio o un álbum para tenerlo también sin el servidor.</translation>
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
        <source>There is nothing in the library&apos;s folders yet.</source>
        <translation>Aún no hay nada en las carpetas de la biblioteca.</translation>
    </message>
    <message>
        <source>The server has no library yet.</source>
        <translation>El servidor aún no tiene biblioteca.</translation>
    </message>
    <message>
        <source>Add a folder of films, series or music on the server&apos;s computer.</source>
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
        <source>Add titles by their menu, or drag tracks onto the playlist&apos;s name.</source>
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
</context>
<context>
    <name>ItemViewModel</name>
    <message>
        <source>Season %1</source>
        <translation>Temporada %1</translation>
    </message>
    <message>
        <source>Chapter %1</source>
        <translation>Capítulo %1</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
</context>
<context>
    <name>KeysView</name>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
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
        <source>Drop to play</source>
        <translation>Suelta para reproducir</translation>
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
    <name>MediaGrid</name>
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
        <source>Shuffle: on</source>
        <translation>Aleatorio: sí</translation>
    </message>
    <message>
        <source>Shuffle: off</source>
        <translation>Aleatorio: no</translation>
    </message>
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
    <message>
        <source>Cover</source>
        <translation>Portada</translation>
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
    <name>PageState</name>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The server&apos;s answer can&apos;t be read</source>
        <translation>No se puede leer la respuesta del servidor</translation>
    </message>
    <message>
        <source>The program is closing</source>
        <translation>El programa se está cerrando</translation>
    </message>
    <message>
        <source>This address can&apos;t be opened</source>
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
        <source>The server&apos;s certificate is not trusted</source>
        <translation>El certificado del servidor no es de confianza</translation>
    </message>
    <message>
        <source>The connection to the server broke</source>
        <translation>Se cortó la conexión con el servidor</translation>
    </message>
    <message>
        <source>The server&apos;s answer is too large</source>
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
        <source>The file can&apos;t be opened</source>
        <translation>No se puede abrir el archivo</translation>
    </message>
    <message>
        <source>The file can&apos;t be read</source>
        <translation>No se puede leer el archivo</translation>
    </message>
    <message>
        <source>The file changed on the server while it was playing</source>
        <translation>El archivo cambió en el servidor durante la reproducción</translation>
    </message>
    <message>
        <source>This server can&apos;t seek in files</source>
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
        <source>The player can&apos;t be started</source>
        <translation>No se puede iniciar el reproductor</translation>
    </message>
    <message>
        <source>This kind of address can&apos;t be played</source>
        <translation>No se puede reproducir este tipo de dirección</translation>
    </message>
    <message>
        <source>The film ends here: a part of its file is missing</source>
        <translation>La película acaba aquí: falta una parte de su archivo</translation>
    </message>
    <message>
        <source>This file can&apos;t be played: no sound device could be opened</source>
        <translation>No se puede reproducir este archivo: no se pudo abrir ningún dispositivo de sonido</translation>
    </message>
    <message>
        <source>This file can&apos;t be played: its picture could not be shown</source>
        <translation>No se puede reproducir este archivo: no se pudo mostrar su imagen</translation>
    </message>
    <message>
        <source>This file can&apos;t be played</source>
        <translation>No se puede reproducir este archivo</translation>
    </message>
    <message>
        <source>This file can&apos;t be played: it is damaged, or of a kind that Marea does not play</source>
        <translation>No se puede reproducir este archivo: está dañado o es de un tipo que Marea no reproduce</translation>
    </message>
    <message>
        <source>This file can&apos;t be played: there is neither picture nor sound in it</source>
        <translation>No se puede reproducir este archivo: no contiene imagen ni sonido</translation>
    </message>
    <message>
        <source>There is no server of this name</source>
        <translation>No hay ningún servidor con este nombre</translation>
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
        <source>Couldn&apos;t write %1.</source>
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
        <source>Couldn&apos;t read %1.</source>
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
    <name>QueueRow</name>
    <message>
        <source>Take out of the queue</source>
        <translation>Quitar de la cola</translation>
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
        <source>Tracks</source>
        <translation>Pistas</translation>
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
</context>
<context>
    <name>SeekBar</name>
    <message>
        <source>Position: %1 of %2</source>
        <translation>Posición: %1 de %2</translation>
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
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
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
        <source>Playback</source>
        <translation>Reproducción</translation>
    </message>
    <message>
        <source>Streaming quality</source>
        <translation>Calidad de transmisión</translation>
    </message>
    <message>
        <source>The most of your connection that a film may take. Original sends the file as it is.</source>
        <translation>Lo máximo de tu conexión que puede usar una película. Original envía el archivo tal como es.</translation>
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
        <source>Account</source>
        <translation>Cuenta</translation>
    </message>
    <message>
        <source>On %1. This system has no keychain, so you will sign in again at the next start.</source>
        <translation>En %1. Este sistema no tiene llavero, así que tendrás que iniciar sesión de nuevo la próxima vez.</translation>
    </message>
    <message>
        <source>On %1. The sign-in is kept in the system&apos;s keychain.</source>
        <translation>En %1. La sesión se guarda en el llavero del sistema.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Cerrar sesión</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Biblioteca</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Añadir una carpeta</translation>
    </message>
    <message>
        <source>A folder of films, series or music on the server&apos;s computer.</source>
        <translation>Una carpeta de películas, series o música en el equipo del servidor.</translation>
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
        <source>Add</source>
        <translation>Añadir</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Acerca de</translation>
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
        <source>Sound of films</source>
        <translation>Sonido de las películas</translation>
    </message>
    <message>
        <source>Even loudness makes films as loud as each other; night also keeps loud scenes down. The server encodes the sound anew for it.</source>
        <translation>El volumen uniforme iguala unas películas con otras; de noche también suaviza las escenas fuertes. El servidor vuelve a codificar el sonido para ello.</translation>
    </message>
    <message>
        <source>%1 was added and is being read.</source>
        <translation>Se ha añadido %1 y se está leyendo.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Elegir una carpeta</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Examinar…</translation>
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
        <source>The address of the computer that Marea&apos;s server runs on.</source>
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
        <source>Couldn&apos;t reach the server. Check that it is running and that the address is right.</source>
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
    <message>
        <source>Nothing matches these filters.</source>
        <translation>Nada coincide con estos filtros.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Quitar filtros</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
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
    <name>WorkButton</name>
    <message numerus="yes">
        <source>%n file(s) need attention</source>
        <translation>
            <numerusform>%n archivo requiere atención</numerusform>
            <numerusform>%n archivos requieren atención</numerusform>
        </translation>
    </message>
</context>
</TS>
