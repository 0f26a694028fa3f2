<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountViewModel</name>
    <message>
        <source>this one</source>
        <translation>this one</translation>
    </message>
    <message>
        <source>seen %1</source>
        <translation>seen %1</translation>
    </message>
    <message>
        <source>used %1</source>
        <translation>used %1</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>not used yet</translation>
    </message>
    <message>
        <source>%1, used %2</source>
        <translation>%1, used %2</translation>
    </message>
</context>
<context>
    <name>AddToPlaylistSheet</name>
    <message>
        <source>Add to playlist</source>
        <translation>Add to playlist</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>New playlist</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Create</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>AlbumPage</name>
    <message>
        <source>This album has no tracks.</source>
        <translation>This album has no tracks.</translation>
    </message>
    <message>
        <source>Audiobook</source>
        <translation>Audiobook</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Shuffle</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>Add to the queue</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Remove from favourites</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Add to favourites</translation>
    </message>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>AppContext</name>
    <message>
        <source>Reading into this computer's library: %1.</source>
        <translation>Reading into this computer's library: %1.</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Go there</translation>
    </message>
    <message>
        <source>What was changed without the server stays on this computer: %1</source>
        <translation>What was changed without the server stays on this computer: %1</translation>
    </message>
    <message>
        <source>A change that was made without the server can&apos;t be taken: %1</source>
        <translation>A change that was made without the server can&apos;t be taken: %1</translation>
    </message>
</context>
<context>
    <name>ArtistPage</name>
    <message>
        <source>There are no albums of this artist.</source>
        <translation>There are no albums of this artist.</translation>
    </message>
    <message numerus="yes">
        <source>%n album(s)</source>
        <translation>
            <numerusform>%n album</numerusform>
            <numerusform>%n albums</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Remove from favourites</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Add to favourites</translation>
    </message>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>AttentionPage</name>
    <message>
        <source>Library</source>
        <translation>Library</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Needs attention</translation>
    </message>
    <message>
        <source>Every file of the library can be played.</source>
        <translation>Every file of the library can be played.</translation>
    </message>
    <message>
        <source>There is no library yet.</source>
        <translation>There is no library yet.</translation>
    </message>
</context>
<context>
    <name>AwayBar</name>
    <message>
        <source>Couldn't reach %1. What is on this computer plays all the same.</source>
        <translation>Couldn't reach %1. What is on this computer plays all the same.</translation>
    </message>
    <message>
        <source>Couldn't reach %1. It goes on when the server is there.</source>
        <translation>Couldn't reach %1. It goes on when the server is there.</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n waiting</numerusform>
            <numerusform>%1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BuySheet</name>
    <message>
        <source>Thank you</source>
        <translation>Thank you</translation>
    </message>
    <message>
        <source>Waiting for the payment</source>
        <translation>Waiting for the payment</translation>
    </message>
    <message>
        <source>Buy</source>
        <translation>Buy</translation>
    </message>
    <message>
        <source>What you pay</source>
        <translation>What you pay</translation>
    </message>
    <message>
        <source>That is not enough. A voucher adds to it.</source>
        <translation>That is not enough. A voucher adds to it.</translation>
    </message>
    <message>
        <source>It is a gift</source>
        <translation>It is a gift</translation>
    </message>
    <message>
        <source>Name of who gets it</source>
        <translation>Name of who gets it</translation>
    </message>
    <message>
        <source>Pay on the page that was opened in your browser. It shows here by itself when it is done; you can close this meanwhile.</source>
        <translation>Pay on the page that was opened in your browser. It shows here by itself when it is done; you can close this meanwhile.</translation>
    </message>
    <message>
        <source>Get it</source>
        <translation>Get it</translation>
    </message>
    <message>
        <source>Pay %1</source>
        <translation>Pay %1</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Open the page again</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>It will be in your library wherever you are signed in, to play and to download.</source>
        <translation>It will be in your library wherever you are signed in, to play and to download.</translation>
    </message>
</context>
<context>
    <name>CardRow</name>
    <message>
        <source>Scroll back</source>
        <translation>Scroll back</translation>
    </message>
    <message>
        <source>Scroll on</source>
        <translation>Scroll on</translation>
    </message>
</context>
<context>
    <name>CertificateQuestion</name>
    <message>
        <source>The server shows another certificate than before. Go on only if its computer shows this pin now:</source>
        <translation>The server shows another certificate than before. Go on only if its computer shows this pin now:</translation>
    </message>
    <message>
        <source>Nobody vouches for this server's certificate. Go on if its computer shows the same pin:</source>
        <translation>Nobody vouches for this server's certificate. Go on if its computer shows the same pin:</translation>
    </message>
    <message>
        <source>Pin: %1</source>
        <translation>Pin: %1</translation>
    </message>
    <message>
        <source>It is the same</source>
        <translation>It is the same</translation>
    </message>
</context>
<context>
    <name>ChapterRow</name>
    <message>
        <source>Play from %1, %2</source>
        <translation>Play from %1, %2</translation>
    </message>
</context>
<context>
    <name>Checkout</name>
    <message>
        <source>This is not sold.</source>
        <translation>This is not sold.</translation>
    </message>
    <message>
        <source>That is no amount.</source>
        <translation>That is no amount.</translation>
    </message>
    <message>
        <source>It is %1 at least.</source>
        <translation>It is %1 at least.</translation>
    </message>
    <message>
        <source>At least %1</source>
        <translation>At least %1</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>You have %1.</source>
        <translation>You have %1.</translation>
    </message>
    <message numerus="yes">
        <source>You can give it back for %n day(s), while nothing of it was downloaded and no more than a quarter of it was played.</source>
        <translation>
            <numerusform>You can give it back for %n day, while nothing of it was downloaded and no more than a quarter of it was played.</numerusform>
            <numerusform>You can give it back for %n days, while nothing of it was downloaded and no more than a quarter of it was played.</numerusform>
        </translation>
    </message>
    <message>
        <source>The server did not answer. Try again: it is bought once.</source>
        <translation>The server did not answer. Try again: it is bought once.</translation>
    </message>
    <message>
        <source>This was refunded.</source>
        <translation>This was refunded.</translation>
    </message>
    <message>
        <source>It was not paid. Nothing was taken.</source>
        <translation>It was not paid. Nothing was taken.</translation>
    </message>
    <message>
        <source>The page for paying could not be opened in a browser.</source>
        <translation>The page for paying could not be opened in a browser.</translation>
    </message>
    <message>
        <source>%1 has it now.</source>
        <translation>%1 has it now.</translation>
    </message>
    <message>
        <source>It is yours, and comes on %1.</source>
        <translation>It is yours, and comes on %1.</translation>
    </message>
    <message>
        <source>It is in your library.</source>
        <translation>It is in your library.</translation>
    </message>
</context>
<context>
    <name>ChooseFolders</name>
    <message>
        <source>Chosen folders</source>
        <translation>Chosen folders</translation>
    </message>
    <message>
        <source>Leave out %1</source>
        <translation>Leave out %1</translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation>Opening the library…</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Begin</translation>
    </message>
    <message>
        <source>Use a server instead</source>
        <translation>Use a server instead</translation>
    </message>
</context>
<context>
    <name>CodeSignIn</name>
    <message>
        <source>There is nothing here.</source>
        <translation>There is nothing here.</translation>
    </message>
    <message>
        <source>This sign-in was not begun here. Begin anew in Marea.</source>
        <translation>This sign-in was not begun here. Begin anew in Marea.</translation>
    </message>
    <message>
        <source>You are signed in. Go back to Marea; this page can be closed.</source>
        <translation>You are signed in. Go back to Marea; this page can be closed.</translation>
    </message>
    <message>
        <source>You did not sign in. This page can be closed.</source>
        <translation>You did not sign in. This page can be closed.</translation>
    </message>
</context>
<context>
    <name>ComputerViewModel</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder's path begins with a slash: /srv/media/Music.</source>
        <translation>A folder's path begins with a slash: /srv/media/Music.</translation>
    </message>
    <message>
        <source>Another Marea that runs here has this computer's library open.</source>
        <translation>Another Marea that runs here has this computer's library open.</translation>
    </message>
</context>
<context>
    <name>ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>%1 · waits for your choice</source>
        <translation>%1 · waits for your choice</translation>
    </message>
    <message>
        <source>%1 · holds</source>
        <translation>%1 · holds</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choose</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>Keep %1</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>Choose %1</translation>
    </message>
</context>
<context>
    <name>ConflictsPage</name>
    <message>
        <source>Conflicts</source>
        <translation>Conflicts</translation>
    </message>
    <message>
        <source>These were changed on several devices that did not know of each other. One value holds; another can be chosen.</source>
        <translation>These were changed on several devices that did not know of each other. One value holds; another can be chosen.</translation>
    </message>
    <message>
        <source>Keep what holds, of all</source>
        <translation>Keep what holds, of all</translation>
    </message>
    <message>
        <source>Nothing is contested.</source>
        <translation>Nothing is contested.</translation>
    </message>
    <message>
        <source>What several devices change at once is listed here.</source>
        <translation>What several devices change at once is listed here.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>ConflictsViewModel</name>
    <message>
        <source>A playlist that is not here</source>
        <translation>A playlist that is not here</translation>
    </message>
    <message>
        <source>A title that is not here</source>
        <translation>A title that is not here</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Rating</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favourite</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Watched</translation>
    </message>
    <message>
        <source>Where one stopped</source>
        <translation>Where one stopped</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Who sees it</source>
        <translation>Who sees it</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>Deleted or kept</source>
        <translation>Deleted or kept</translation>
    </message>
    <message>
        <source>Changed, so kept</source>
        <translation>Changed, so kept</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Deleted</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nothing</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>%1 of 5 stars</source>
        <translation>%1 of 5 stars</translation>
    </message>
    <message>
        <source>On the server</source>
        <translation>On the server</translation>
    </message>
    <message>
        <source>On a device that is signed out</source>
        <translation>On a device that is signed out</translation>
    </message>
</context>
<context>
    <name>CornerPicture</name>
    <message>
        <source>Show the player: %1</source>
        <translation>Show the player: %1</translation>
    </message>
</context>
<context>
    <name>DesktopLink</name>
    <message>
        <source>Downloaded</source>
        <translation>Downloaded</translation>
    </message>
</context>
<context>
    <name>DeviceHead</name>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Eject %1</source>
        <translation>Eject %1</translation>
    </message>
    <message>
        <source>Ask it to let go</source>
        <translation>Ask it to let go</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Where photos and videos go</source>
        <translation>Where photos and videos go</translation>
    </message>
    <message>
        <source>Import photos and videos…</source>
        <translation>Import photos and videos…</translation>
    </message>
</context>
<context>
    <name>DeviceHistory</name>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
</context>
<context>
    <name>DeviceNamesSheet</name>
    <message>
        <source>Find</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Nothing has this name.</source>
        <translation>Nothing has this name.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>DevicePage</name>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>This device is not here.</source>
        <translation>This device is not here.</translation>
    </message>
    <message>
        <source>It is shown again when it is plugged in.</source>
        <translation>It is shown again when it is plugged in.</translation>
    </message>
</context>
<context>
    <name>DevicePlanHead</name>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>What did not come</source>
        <translation>What did not come</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Remove files from %1?</source>
        <translation>Remove files from %1?</translation>
    </message>
    <message>
        <source>Remove and sync</source>
        <translation>Remove and sync</translation>
    </message>
    <message>
        <source>Leave them as they are</source>
        <translation>Leave them as they are</translation>
    </message>
    <message>
        <source>Take this device over</source>
        <translation>Take this device over</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>DeviceProfileSheet</name>
    <message>
        <source>What %1 plays</source>
        <translation>What %1 plays</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Music</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Films</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>At most</translation>
    </message>
    <message>
        <source>What it does not play</source>
        <translation>What it does not play</translation>
    </message>
    <message>
        <source>Reads playlists</source>
        <translation>Reads playlists</translation>
    </message>
    <message>
        <source>For every %1</source>
        <translation>For every %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Back to Marea's own</source>
        <translation>Back to Marea's own</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>Forget %1</source>
        <translation>Forget %1</translation>
    </message>
</context>
<context>
    <name>DeviceRules</name>
    <message>
        <source>Choose a folder</source>
        <translation>Choose a folder</translation>
    </message>
    <message>
        <source>From</source>
        <translation>From</translation>
    </message>
    <message>
        <source>The server's library</source>
        <translation>The server's library</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>A folder…</translation>
    </message>
    <message>
        <source>What comes; nothing chosen means everything</source>
        <translation>What comes; nothing chosen means everything</translation>
    </message>
    <message numerus="yes">
        <source>%n playlist(s)</source>
        <translation>
            <numerusform>%n playlist</numerusform>
            <numerusform>%n playlists</numerusform>
        </translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Playlists</translation>
    </message>
    <message numerus="yes">
        <source>%n artist(s)</source>
        <translation>
            <numerusform>%n artist</numerusform>
            <numerusform>%n artists</numerusform>
        </translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Artists</translation>
    </message>
    <message>
        <source>Only unwatched</source>
        <translation>Only unwatched</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>How much</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n</source>
        <translation>
            <numerusform>The newest one</numerusform>
            <numerusform>The newest %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Any number</source>
        <translation>Any number</translation>
    </message>
    <message>
        <source>The newest</source>
        <translation>The newest</translation>
    </message>
    <message>
        <source>At most %1 GB</source>
        <translation>At most %1 GB</translation>
    </message>
    <message>
        <source>As much as fits</source>
        <translation>As much as fits</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>At most</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>What it plays</source>
        <translation>What it plays</translation>
    </message>
    <message>
        <source>Where on the device</source>
        <translation>Where on the device</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Change…</translation>
    </message>
    <message>
        <source>Change what it plays</source>
        <translation>Change what it plays</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n title</numerusform>
            <numerusform>%n titles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceViewModel</name>
    <message>
        <source>Paused</source>
        <translation>Paused</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>Syncing</translation>
    </message>
    <message>
        <source>It may be unplugged.</source>
        <translation>It may be unplugged.</translation>
    </message>
    <message>
        <source>Not here. Synced %1.</source>
        <translation>Not here. Synced %1.</translation>
    </message>
    <message>
        <source>Not here.</source>
        <translation>Not here.</translation>
    </message>
    <message>
        <source>Looking at what is on it</source>
        <translation>Looking at what is on it</translation>
    </message>
    <message>
        <source>Looking at the library</source>
        <translation>Looking at the library</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>%1 free</translation>
    </message>
    <message>
        <source>%1 free of %2</source>
        <translation>%1 free of %2</translation>
    </message>
    <message>
        <source>Sign in to a server, or choose a folder with music and films.</source>
        <translation>Sign in to a server, or choose a folder with music and films.</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 of %2 files</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>paused</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 is in step. It may be unplugged.</source>
        <translation>%1 is in step. It may be unplugged.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) did not come to %1.</source>
        <translation>
            <numerusform>%n file did not come to %1.</numerusform>
            <numerusform>%n files did not come to %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>called off</source>
        <translation>called off</translation>
    </message>
    <message>
        <source>%1 may be unplugged.</source>
        <translation>%1 may be unplugged.</translation>
    </message>
    <message>
        <source>%1 is still in use by another program.</source>
        <translation>%1 is still in use by another program.</translation>
    </message>
    <message>
        <source>The file manager did not let go of %1.</source>
        <translation>The file manager did not let go of %1.</translation>
    </message>
    <message>
        <source>What was set for %1 cannot be kept. Is the disk full?</source>
        <translation>What was set for %1 cannot be kept. Is the disk full?</translation>
    </message>
    <message>
        <source>Importing photos and videos</source>
        <translation>Importing photos and videos</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) imported from %1.</source>
        <translation>
            <numerusform>%n file imported from %1.</numerusform>
            <numerusform>%n files imported from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) did not come from %1.</source>
        <translation>
            <numerusform>%n file did not come from %1.</numerusform>
            <numerusform>%n files did not come from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) go to %1 with the next sync.</source>
        <translation>
            <numerusform>%n title goes to %1 with the next sync.</numerusform>
            <numerusform>%n titles go to %1 with the next sync.</numerusform>
        </translation>
    </message>
    <message>
        <source>Looking for photos and videos</source>
        <translation>Looking for photos and videos</translation>
    </message>
    <message>
        <source>Moving and removing files</source>
        <translation>Moving and removing files</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Getting ready</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were left out; its page says why. %1 may be unplugged.</source>
        <translation>
            <numerusform>%n file was left out; its page says why. %1 may be unplugged.</numerusform>
            <numerusform>%n files were left out; its page says why. %1 may be unplugged.</numerusform>
        </translation>
    </message>
    <message>
        <source>A playlist that is gone</source>
        <translation>A playlist that is gone</translation>
    </message>
    <message>
        <source>This folder is on %1, or %1 is in it: what comes would come again. Choose another folder.</source>
        <translation>This folder is on %1, or %1 is in it: what comes would come again. Choose another folder.</translation>
    </message>
    <message>
        <source>What other computers put here counts as this one's. What is not chosen here is removed.</source>
        <translation>What other computers put here counts as this one's. What is not chosen here is removed.</translation>
    </message>
    <message>
        <source>%1 is still in use by %2.</source>
        <translation>%1 is still in use by %2.</translation>
    </message>
    <message>
        <source>Write-protected</source>
        <translation>Write-protected</translation>
    </message>
    <message>
        <source>Looking at what is on it was called off.</source>
        <translation>Looking at what is on it was called off.</translation>
    </message>
    <message>
        <source>Looking at the library was called off.</source>
        <translation>Looking at the library was called off.</translation>
    </message>
    <message>
        <source>Looking at what is on it: %1 so far</source>
        <translation>Looking at what is on it: %1 so far</translation>
    </message>
    <message>
        <source>Looking at the library: %1 so far</source>
        <translation>Looking at the library: %1 so far</translation>
    </message>
    <message>
        <source>Looking at the library: %1 %</source>
        <translation>Looking at the library: %1 %</translation>
    </message>
</context>
<context>
    <name>DeviceWork</name>
    <message>
        <source>Sync: %1</source>
        <translation>Sync: %1</translation>
    </message>
    <message>
        <source>Import: %1</source>
        <translation>Import: %1</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>Convert</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Move</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Changed there</source>
        <translation>Changed there</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Left out</translation>
    </message>
    <message>
        <source>it is new</source>
        <translation>it is new</translation>
    </message>
    <message>
        <source>it has changed</source>
        <translation>it has changed</translation>
    </message>
    <message>
        <source>it is missing on the device</source>
        <translation>it is missing on the device</translation>
    </message>
    <message>
        <source>it is no longer wanted on this device</source>
        <translation>it is no longer wanted on this device</translation>
    </message>
    <message>
        <source>it has another name or place now</source>
        <translation>it has another name or place now</translation>
    </message>
    <message>
        <source>it shows no video</source>
        <translation>it shows no video</translation>
    </message>
    <message>
        <source>somebody changed it on the device; it stays, and is no longer Marea's</source>
        <translation>somebody changed it on the device; it stays, and is no longer Marea's</translation>
    </message>
    <message>
        <source>there is no room for %1</source>
        <translation>there is no room for %1</translation>
    </message>
    <message>
        <source>its file would be larger than the device's %1</source>
        <translation>its file would be larger than the device's %1</translation>
    </message>
    <message>
        <source>it does not read %1 files</source>
        <translation>it does not read %1 files</translation>
    </message>
    <message>
        <source>it does not play %1</source>
        <translation>it does not play %1</translation>
    </message>
    <message>
        <source>it plays at most %1 channels</source>
        <translation>it plays at most %1 channels</translation>
    </message>
    <message>
        <source>it plays at most %1</source>
        <translation>it plays at most %1</translation>
    </message>
    <message>
        <source>its pictures are at most %1</source>
        <translation>its pictures are at most %1</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>less than a minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n min</source>
        <translation>
            <numerusform>about %n min</numerusform>
            <numerusform>about %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n h</source>
        <translation>
            <numerusform>about %n h</numerusform>
            <numerusform>about %n h</numerusform>
        </translation>
    </message>
    <message>
        <source>The device is no longer there. What it has by now stays, and the next sync goes on.</source>
        <translation>The device is no longer there. What it has by now stays, and the next sync goes on.</translation>
    </message>
    <message>
        <source>The device does not answer. Unplug it and plug it in again.</source>
        <translation>The device does not answer. Unplug it and plug it in again.</translation>
    </message>
    <message>
        <source>Another program uses the device. Unlock it, choose file transfer, and close file managers that show it.</source>
        <translation>Another program uses the device. Unlock it, choose file transfer, and close file managers that show it.</translation>
    </message>
    <message>
        <source>There is no room left on the device.</source>
        <translation>There is no room left on the device.</translation>
    </message>
    <message>
        <source>The device is write-protected, or its files belong to somebody else.</source>
        <translation>The device is write-protected, or its files belong to somebody else.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>It is not there any more.</translation>
    </message>
    <message>
        <source>The device did not keep the file as it was sent.</source>
        <translation>The device did not keep the file as it was sent.</translation>
    </message>
    <message>
        <source>Marea's list on the device is damaged. Nothing was changed.</source>
        <translation>Marea's list on the device is damaged. Nothing was changed.</translation>
    </message>
    <message>
        <source>It changed meanwhile. The next sync takes it.</source>
        <translation>It changed meanwhile. The next sync takes it.</translation>
    </message>
    <message>
        <source>The device could not do this.</source>
        <translation>The device could not do this.</translation>
    </message>
    <message>
        <source>The server can no longer be reached. What came stays; the next sync goes on.</source>
        <translation>The server can no longer be reached. What came stays; the next sync goes on.</translation>
    </message>
    <message>
        <source>The server does not give the file.</source>
        <translation>The server does not give the file.</translation>
    </message>
    <message>
        <source>The server did not make the file.</source>
        <translation>The server did not make the file.</translation>
    </message>
    <message>
        <source>The server does not make this kind of file.</source>
        <translation>The server does not make this kind of file.</translation>
    </message>
    <message>
        <source>Unlock %1 and choose file transfer on its screen.</source>
        <translation>Unlock %1 and choose file transfer on its screen.</translation>
    </message>
    <message>
        <source>Another program (%1) holds the device. Close it there.</source>
        <translation>Another program (%1) holds the device. Close it there.</translation>
    </message>
    <message>
        <source>The file manager holds the device.</source>
        <translation>The file manager holds the device.</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Music</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episodes</translation>
    </message>
    <message>
        <source>Audiobooks</source>
        <translation>Audiobooks</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Films</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Any player</source>
        <translation>Any player</translation>
    </message>
    <message>
        <source>Android phone</source>
        <translation>Android phone</translation>
    </message>
    <message>
        <source>USB stick for a car</source>
        <translation>USB stick for a car</translation>
    </message>
    <message>
        <source>Plays everything</source>
        <translation>Plays everything</translation>
    </message>
    <message numerus="yes">
        <source>%n to copy</source>
        <translation>
            <numerusform>%n to copy</numerusform>
            <numerusform>%n to copy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to convert</source>
        <translation>
            <numerusform>%n to convert</numerusform>
            <numerusform>%n to convert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to move</source>
        <translation>
            <numerusform>%n to move</numerusform>
            <numerusform>%n to move</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to remove</source>
        <translation>
            <numerusform>%n to remove</numerusform>
            <numerusform>%n to remove</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed there</source>
        <translation>
            <numerusform>%n changed there</numerusform>
            <numerusform>%n changed there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n there already</source>
        <translation>
            <numerusform>%n there already</numerusform>
            <numerusform>%n there already</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is there</source>
        <translation>Everything is there</translation>
    </message>
    <message numerus="yes">
        <source>Sync %n item(s)</source>
        <translation>
            <numerusform>Sync %n item</numerusform>
            <numerusform>Sync %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n written</source>
        <translation>
            <numerusform>%n written</numerusform>
            <numerusform>%n written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <translation>
            <numerusform>%n moved</numerusform>
            <numerusform>%n moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n removed</source>
        <translation>
            <numerusform>%n removed</numerusform>
            <numerusform>%n removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n did not come</source>
        <translation>
            <numerusform>%n did not come</numerusform>
            <numerusform>%n did not come</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>nothing to do</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>There is no room left on the computer.</source>
        <translation>There is no room left on the computer.</translation>
    </message>
    <message numerus="yes">
        <source>%n of the files that Marea put there will be removed (%1).</source>
        <translation>
            <numerusform>%n of the files that Marea put there will be removed (%1).</numerusform>
            <numerusform>%n of the files that Marea put there will be removed (%1).</numerusform>
        </translation>
    </message>
    <message>
        <source>What others put there stays.</source>
        <translation>What others put there stays.</translation>
    </message>
    <message>
        <source>Of another computer</source>
        <translation>Of another computer</translation>
    </message>
    <message>
        <source>it belongs to another computer; it stays</source>
        <translation>it belongs to another computer; it stays</translation>
    </message>
    <message>
        <source>it belongs to %1; it stays</source>
        <translation>it belongs to %1; it stays</translation>
    </message>
    <message numerus="yes">
        <source>%n of another computer</source>
        <translation>
            <numerusform>%n of another computer</numerusform>
            <numerusform>%n of another computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) on this device (%1) came from %2. They stay.</source>
        <translation>
            <numerusform>%n file on this device (%1) came from %2. It stays.</numerusform>
            <numerusform>%n files on this device (%1) came from %2. They stay.</numerusform>
        </translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>another computer</translation>
    </message>
    <message>
        <source>The device is write-protected: nothing can be put on it or removed. Photos and videos can be imported from it.</source>
        <translation>The device is write-protected: nothing can be put on it or removed. Photos and videos can be imported from it.</translation>
    </message>
    <message>
        <source>the player does not take this list</source>
        <translation>the player does not take this list</translation>
    </message>
    <message>
        <source>there are more files than Marea can keep a list of on one device</source>
        <translation>there are more files than Marea can keep a list of on one device</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>Forget %1?</translation>
    </message>
    <message>
        <source>What was set for it and its history go. The files on it stay.</source>
        <translation>What was set for it and its history go. The files on it stay.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Forget</translation>
    </message>
    <message>
        <source>No device is plugged in.</source>
        <translation>No device is plugged in.</translation>
    </message>
    <message>
        <source>Plug in a phone, a player or a stick, to put music and films on it.</source>
        <translation>Plug in a phone, a player or a stick, to put music and films on it.</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) were changed on several devices at once</source>
        <translation>
            <numerusform>%n value was changed on several devices at once</numerusform>
            <numerusform>%n values were changed on several devices at once</numerusform>
        </translation>
    </message>
    <message>
        <source>One holds; another can be chosen.</source>
        <translation>One holds; another can be chosen.</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Look at them</translation>
    </message>
</context>
<context>
    <name>DownloadButton</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Remove from this computer</source>
        <translation>Remove from this computer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>Keep on this computer</source>
        <translation>Keep on this computer</translation>
    </message>
</context>
<context>
    <name>DownloadRow</name>
    <message>
        <source>Play %1</source>
        <translation>Play %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Remove from this computer</source>
        <translation>Remove from this computer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>The server did not make the file.</source>
        <translation>The server did not make the file.</translation>
    </message>
    <message>
        <source>This title is not yours any more.</source>
        <translation>This title is not yours any more.</translation>
    </message>
</context>
<context>
    <name>DownloadsModel</name>
    <message>
        <source>Paused: there is no room on the disk. It goes on when there is.</source>
        <translation>Paused: there is no room on the disk. It goes on when there is.</translation>
    </message>
    <message>
        <source>Paused: the limit for downloads is reached. Raise it, or remove something.</source>
        <translation>Paused: the limit for downloads is reached. Raise it, or remove something.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Paused</translation>
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
        <translation>Fetched ahead</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>On this computer</translation>
    </message>
    <message>
        <source>The server makes the file</source>
        <translation>The server makes the file</translation>
    </message>
    <message>
        <source>Goes on when the server is there</source>
        <translation>Goes on when the server is there</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>Protected. Connect to your server to play it.</source>
        <translation>Protected. Connect to your server to play it.</translation>
    </message>
    <message>
        <source>On this computer, to be played until %1</source>
        <translation>On this computer, to be played until %1</translation>
    </message>
    <message>
        <source>Its licence ended on %1. Connect to your server to renew it.</source>
        <translation>Its licence ended on %1. Connect to your server to renew it.</translation>
    </message>
</context>
<context>
    <name>DownloadsPage</name>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>Fetch what is next by itself</source>
        <translation>Fetch what is next by itself</translation>
    </message>
    <message>
        <source>Nothing is on this computer yet.</source>
        <translation>Nothing is on this computer yet.</translation>
    </message>
    <message>
        <source>Choose Download on a film, an episode or an album, to have it without the server too.</source>
        <translation>Choose Download on a film, an episode or an album, to have it without the server too.</translation>
    </message>
</context>
<context>
    <name>ElsewhereBar</name>
    <message>
        <source>Paused on %1</source>
        <translation>Paused on %1</translation>
    </message>
    <message>
        <source>Playing on %1</source>
        <translation>Playing on %1</translation>
    </message>
    <message>
        <source>Go on there</source>
        <translation>Go on there</translation>
    </message>
    <message>
        <source>Pause there</source>
        <translation>Pause there</translation>
    </message>
    <message>
        <source>Play here</source>
        <translation>Play here</translation>
    </message>
</context>
<context>
    <name>EmptyLibrary</name>
    <message>
        <source>The library is being read. Films and music appear here as they are found.</source>
        <translation>The library is being read. Films and music appear here as they are found.</translation>
    </message>
    <message>
        <source>There is nothing in the library's folders yet.</source>
        <translation>There is nothing in the library's folders yet.</translation>
    </message>
    <message>
        <source>The server has no library yet.</source>
        <translation>The server has no library yet.</translation>
    </message>
    <message>
        <source>Add a folder of films, series or music on the server's computer.</source>
        <translation>Add a folder of films, series or music on the server's computer.</translation>
    </message>
    <message>
        <source>Who owns the server can add a folder of films or music.</source>
        <translation>Who owns the server can add a folder of films or music.</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Add a folder</translation>
    </message>
    <message>
        <source>There are no folders in this computer's library yet.</source>
        <translation>There are no folders in this computer's library yet.</translation>
    </message>
    <message>
        <source>Add one of films, series or music.</source>
        <translation>Add one of films, series or music.</translation>
    </message>
</context>
<context>
    <name>EntryList</name>
    <message>
        <source>No title fits the rules now.</source>
        <translation>No title fits the rules now.</translation>
    </message>
    <message>
        <source>There is nothing in this playlist yet.</source>
        <translation>There is nothing in this playlist yet.</translation>
    </message>
    <message>
        <source>Add titles by their menu, or drag tracks onto the playlist's name.</source>
        <translation>Add titles by their menu, or drag tracks onto the playlist's name.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>EpisodeRow</name>
    <message>
        <source>Play %1</source>
        <translation>Play %1</translation>
    </message>
</context>
<context>
    <name>FacetsViewModel</name>
    <message>
        <source>Any year</source>
        <translation>Any year</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>Any rating</source>
        <translation>Any rating</translation>
    </message>
    <message numerus="yes">
        <source>%n star(s)</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n star(s) or more</source>
        <translation>
            <numerusform>%n star or more</numerusform>
            <numerusform>%n stars or more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Hide the password</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Show the password</translation>
    </message>
</context>
<context>
    <name>FileOpener</name>
    <message>
        <source>Open file</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>Films and music</source>
        <translation>Films and music</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>All files</translation>
    </message>
</context>
<context>
    <name>FilmPage</name>
    <message>
        <source>Resume at %1</source>
        <translation>Resume at %1</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>From the start</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Remove from favourites</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Add to favourites</translation>
    </message>
    <message>
        <source>Mark as not watched</source>
        <translation>Mark as not watched</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Mark as watched</translation>
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
        <translation>Subtitles: %1</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtitles</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Chapters</translation>
    </message>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Similar</translation>
    </message>
    <message>
        <source>People</source>
        <translation>People</translation>
    </message>
    <message>
        <source>What %1 is in</source>
        <translation>What %1 is in</translation>
    </message>
    <message>
        <source>No subtitles</source>
        <translation>No subtitles</translation>
    </message>
</context>
<context>
    <name>FilmsPage</name>
    <message>
        <source>There are no films in the library yet.</source>
        <translation>There are no films in the library yet.</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Films</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>In progress</source>
        <translation>In progress</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favourites</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Watched</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message numerus="yes">
        <source>%n genre(s)</source>
        <translation>
            <numerusform>%n genre</numerusform>
            <numerusform>%n genres</numerusform>
        </translation>
    </message>
    <message>
        <source>No genres are known here.</source>
        <translation>No genres are known here.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Rating</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Clear filters</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose a folder</source>
        <translation>Choose a folder</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>/srv/media/Music</source>
        <translation>/srv/media/Music</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Browse…</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Films</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Music</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Playlists</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
</context>
<context>
    <name>GenreGrid</name>
    <message>
        <source>Genres</source>
        <translation>Genres</translation>
    </message>
    <message>
        <source>The tags of the music name no genres.</source>
        <translation>The tags of the music name no genres.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Recently added films</source>
        <translation>Recently added films</translation>
    </message>
    <message>
        <source>Recently added series</source>
        <translation>Recently added series</translation>
    </message>
    <message>
        <source>Recently added albums</source>
        <translation>Recently added albums</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>New in %1</source>
        <translation>New in %1</translation>
    </message>
    <message>
        <source>From the store</source>
        <translation>From the store</translation>
    </message>
</context>
<context>
    <name>HouseholdViewModel</name>
    <message>
        <source>Owner</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>Child</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Member</translation>
    </message>
    <message numerus="yes">
        <source>up to %n year(s)</source>
        <translation>
            <numerusform>up to %n year</numerusform>
            <numerusform>up to %n years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n librar(y/ies)</source>
        <translation>
            <numerusform>%n library</numerusform>
            <numerusform>%n libraries</numerusform>
        </translation>
    </message>
    <message>
        <source>seen %1</source>
        <translation>seen %1</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>%1 was removed.</translation>
    </message>
</context>
<context>
    <name>ItemViewModel</name>
    <message>
        <source>Chapter %1</source>
        <translation>Chapter %1</translation>
    </message>
    <message>
        <source>None</source>
        <translation>None</translation>
    </message>
</context>
<context>
    <name>JobWork</name>
    <message numerus="yes">
        <source>%1: %n title(s)</source>
        <translation>
            <numerusform>%1: %n title</numerusform>
            <numerusform>%1: %n titles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Thumbnails</source>
        <translation>Thumbnails</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Loudness</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>Film made ahead</source>
        <translation>Film made ahead</translation>
    </message>
    <message>
        <source>Picture quality</source>
        <translation>Picture quality</translation>
    </message>
    <message>
        <source>Reading through</source>
        <translation>Reading through</translation>
    </message>
    <message>
        <source>Other work</source>
        <translation>Other work</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Home, films, series, music, playlists</source>
        <translation>Home, films, series, music, playlists</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Back, forward</source>
        <translation>Back, forward</translation>
    </message>
    <message>
        <source>Arrows, Return</source>
        <translation>Arrows, Return</translation>
    </message>
    <message>
        <source>Move, open or play</source>
        <translation>Move, open or play</translation>
    </message>
    <message>
        <source>Menu, Shift+F10</source>
        <translation>Menu, Shift+F10</translation>
    </message>
    <message>
        <source>What one can do with a title</source>
        <translation>What one can do with a title</translation>
    </message>
    <message>
        <source>To a letter of a list</source>
        <translation>To a letter of a list</translation>
    </message>
    <message>
        <source>Shift, Ctrl and arrows</source>
        <translation>Shift, Ctrl and arrows</translation>
    </message>
    <message>
        <source>Choose several tracks</source>
        <translation>Choose several tracks</translation>
    </message>
    <message>
        <source>Choose all tracks</source>
        <translation>Choose all tracks</translation>
    </message>
    <message>
        <source>Move an entry of a playlist</source>
        <translation>Move an entry of a playlist</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Remove an entry or a playlist</source>
        <translation>Remove an entry or a playlist</translation>
    </message>
    <message>
        <source>Stars, where stars are</source>
        <translation>Stars, where stars are</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Play or pause</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Open file</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>This list</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>KeysView</name>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
</context>
<context>
    <name>PlayerKeyNames</name>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Play or pause</translation>
    </message>
    <message>
        <source>10 seconds back, on</source>
        <translation>10 seconds back, on</translation>
    </message>
    <message>
        <source>5 seconds back, on</source>
        <translation>5 seconds back, on</translation>
    </message>
    <message>
        <source>Louder, softer</source>
        <translation>Louder, softer</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Chapters</translation>
    </message>
    <message>
        <source>Page up, page down</source>
        <translation>Page up, page down</translation>
    </message>
    <message>
        <source>Next, previous chapter</source>
        <translation>Next, previous chapter</translation>
    </message>
    <message>
        <source>Next subtitles</source>
        <translation>Next subtitles</translation>
    </message>
    <message>
        <source>Next, previous title</source>
        <translation>Next, previous title</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistics</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>This list</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>Slower, faster</source>
        <translation>Slower, faster</translation>
    </message>
    <message>
        <source>Repeat a part</source>
        <translation>Repeat a part</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Save the picture</translation>
    </message>
    <message>
        <source>Small window</source>
        <translation>Small window</translation>
    </message>
    <message>
        <source>HDR window</source>
        <translation>HDR window</translation>
    </message>
</context>
<context>
    <name>LetterRail</name>
    <message>
        <source>Letters</source>
        <translation>Letters</translation>
    </message>
</context>
<context>
    <name>LibrariesViewModel</name>
    <message>
        <source>Scanning: %1 of %2 files</source>
        <translation>Scanning: %1 of %2 files</translation>
    </message>
    <message>
        <source>Scanning: %1 files</source>
        <translation>Scanning: %1 files</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1 of %2 files</translation>
    </message>
</context>
<context>
    <name>LyricsView</name>
    <message>
        <source>Lyrics</source>
        <translation>Lyrics</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Drop files to play them, a folder to add it</source>
        <translation>Drop files to play them, a folder to add it</translation>
    </message>
    <message>
        <source>Add to this computer's library?</source>
        <translation>Add to this computer's library?</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Close Marea while it works on %1?</source>
        <translation>Close Marea while it works on %1?</translation>
    </message>
    <message>
        <source>What is done by now stays, and the next sync goes on from there.</source>
        <translation>What is done by now stays, and the next sync goes on from there.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>MatchSheet</name>
    <message>
        <source>Fix match: %1</source>
        <translation>Fix match: %1</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Looking…</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>What it may be</source>
        <translation>What it may be</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>It is none of these</source>
        <translation>It is none of these</translation>
    </message>
</context>
<context>
    <name>MatchViewModel</name>
    <message>
        <source>It was taken for the marked one.</source>
        <translation>It was taken for the marked one.</translation>
    </message>
    <message>
        <source>It could not be told which of these it is.</source>
        <translation>It could not be told which of these it is.</translation>
    </message>
    <message>
        <source>Nothing was found. Other words may help.</source>
        <translation>Nothing was found. Other words may help.</translation>
    </message>
    <message>
        <source>It is not looked up.</source>
        <translation>It is not looked up.</translation>
    </message>
    <message>
        <source>It has not been looked up yet.</source>
        <translation>It has not been looked up yet.</translation>
    </message>
    <message>
        <source>What was found is shown now.</source>
        <translation>What was found is shown now.</translation>
    </message>
    <message>
        <source>What was looked up is gone.</source>
        <translation>What was looked up is gone.</translation>
    </message>
</context>
<context>
    <name>MediaCard</name>
    <message>
        <source>Play %1</source>
        <translation>Play %1</translation>
    </message>
</context>
<context>
    <name>MediaGrid</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Nothing matches these filters.</source>
        <translation>Nothing matches these filters.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Clear filters</translation>
    </message>
</context>
<context>
    <name>MemberSheet</name>
    <message>
        <source>Add somebody</source>
        <translation>Add somebody</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Edit %1</translation>
    </message>
    <message>
        <source>As for all</source>
        <translation>As for all</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>New password, or leave it as it is</source>
        <translation>New password, or leave it as it is</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>Child</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Owner</translation>
    </message>
    <message>
        <source>For the age of, at most</source>
        <translation>For the age of, at most</translation>
    </message>
    <message>
        <source>Also titles without a rating</source>
        <translation>Also titles without a rating</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Libraries</translation>
    </message>
    <message>
        <source>All, also those to come</source>
        <translation>All, also those to come</translation>
    </message>
    <message>
        <source>Plays at once</source>
        <translation>Plays at once</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>A new role or password signs them out everywhere.</source>
        <translation>A new role or password signs them out everywhere.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>MiniPlayer</name>
    <message>
        <source>Show the player: %1</source>
        <translation>Show the player: %1</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Unmute</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stop</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Ctrl+Space</translation>
    </message>
</context>
<context>
    <name>MusicPage</name>
    <message>
        <source>Albums</source>
        <translation>Albums</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Artists</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Tracks</translation>
    </message>
    <message>
        <source>Music</source>
        <translation>Music</translation>
    </message>
    <message>
        <source>There are no albums in the library yet.</source>
        <translation>There are no albums in the library yet.</translation>
    </message>
    <message>
        <source>There are no artists in the library yet.</source>
        <translation>There are no artists in the library yet.</translation>
    </message>
    <message>
        <source>There are no tracks in the library yet.</source>
        <translation>There are no tracks in the library yet.</translation>
    </message>
    <message>
        <source>Genres</source>
        <translation>Genres</translation>
    </message>
</context>
<context>
    <name>MusicView</name>
    <message>
        <source>Queue</source>
        <translation>Queue</translation>
    </message>
    <message>
        <source>Lyrics</source>
        <translation>Lyrics</translation>
    </message>
    <message>
        <source>Passed over %1. %2</source>
        <translation>Passed over %1. %2</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>Cover</translation>
    </message>
</context>
<context>
    <name>NavItem</name>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n waiting</numerusform>
            <numerusform>%1, %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NewPasswordSheet</name>
    <message>
        <source>Password for %1</source>
        <translation>Password for %1</translation>
    </message>
    <message>
        <source>It is shown this once. Type it into the app with your name and the server's address.</source>
        <translation>It is shown this once. Type it into the app with your name and the server's address.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Name: %1</source>
        <translation>Name: %1</translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>Server: %1</translation>
    </message>
    <message>
        <source>The server's address as a QR code</source>
        <translation>The server's address as a QR code</translation>
    </message>
    <message>
        <source>This address is of this computer alone. A phone needs the one that it has in your network.</source>
        <translation>This address is of this computer alone. A phone needs the one that it has in your network.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>OfferPage</name>
    <message>
        <source>New product</source>
        <translation>New product</translation>
    </message>
    <message>
        <source>Edit product</source>
        <translation>Edit product</translation>
    </message>
    <message>
        <source>What is sold</source>
        <translation>What is sold</translation>
    </message>
    <message>
        <source>A title that is not there any more</source>
        <translation>A title that is not there any more</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Remove %1</translation>
    </message>
    <message>
        <source>Find a film, an album or a series</source>
        <translation>Find a film, an album or a series</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>Add %1</translation>
    </message>
    <message>
        <source>How it is shown</source>
        <translation>How it is shown</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>What people should know of it</source>
        <translation>What people should know of it</translation>
    </message>
    <message>
        <source>On the shelf of staff picks</source>
        <translation>On the shelf of staff picks</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Fixed price</source>
        <translation>Fixed price</translation>
    </message>
    <message>
        <source>Pay what you like</source>
        <translation>Pay what you like</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>The price is the least that people pay. It may be 0.</source>
        <translation>The price is the least that people pay. It may be 0.</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Currency</translation>
    </message>
    <message>
        <source>Remove this price</source>
        <translation>Remove this price</translation>
    </message>
    <message>
        <source>In another currency</source>
        <translation>In another currency</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>Sale</translation>
    </message>
    <message>
        <source>Percent off</source>
        <translation>Percent off</translation>
    </message>
    <message>
        <source>First day of the sale</source>
        <translation>First day of the sale</translation>
    </message>
    <message>
        <source>From 2026-12-20</source>
        <translation>From 2026-12-20</translation>
    </message>
    <message>
        <source>Day on which the sale is over</source>
        <translation>Day on which the sale is over</translation>
    </message>
    <message>
        <source>Until 2027-01-07</source>
        <translation>Until 2027-01-07</translation>
    </message>
    <message>
        <source>When and where</source>
        <translation>When and where</translation>
    </message>
    <message>
        <source>Comes on, or empty: at once</source>
        <translation>Comes on, or empty: at once</translation>
    </message>
    <message>
        <source>Comes on 2027-03-01</source>
        <translation>Comes on 2027-03-01</translation>
    </message>
    <message>
        <source>Countries, or empty: everywhere</source>
        <translation>Countries, or empty: everywhere</translation>
    </message>
    <message>
        <source>Countries, such as ES, PT</source>
        <translation>Countries, such as ES, PT</translation>
    </message>
    <message>
        <source>Until it comes it can be ordered ahead.</source>
        <translation>Until it comes it can be ordered ahead.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation>Keep as a draft</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>OfferTexts</name>
    <message>
        <source>A currency is a code of three letters, such as EUR.</source>
        <translation>A currency is a code of three letters, such as EUR.</translation>
    </message>
    <message>
        <source>“%1” is no amount.</source>
        <translation>“%1” is no amount.</translation>
    </message>
    <message>
        <source>%1 has two prices.</source>
        <translation>%1 has two prices.</translation>
    </message>
    <message>
        <source>It needs a price, or to be free.</source>
        <translation>It needs a price, or to be free.</translation>
    </message>
    <message>
        <source>A sale is of 1 to 100 percent.</source>
        <translation>A sale is of 1 to 100 percent.</translation>
    </message>
    <message>
        <source>A sale needs its first day and a later one on which it is over, such as 2026-12-24.</source>
        <translation>A sale needs its first day and a later one on which it is over, such as 2026-12-24.</translation>
    </message>
    <message>
        <source>“%1” is no country's code of two letters.</source>
        <translation>“%1” is no country's code of two letters.</translation>
    </message>
    <message>
        <source>Choose what is sold first.</source>
        <translation>Choose what is sold first.</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>It needs a name.</translation>
    </message>
    <message>
        <source>A day is written as 2026-12-24.</source>
        <translation>A day is written as 2026-12-24.</translation>
    </message>
</context>
<context>
    <name>OfferViewModel</name>
    <message>
        <source>A bundle</source>
        <translation>A bundle</translation>
    </message>
    <message>
        <source>An album, with what is added to it later</source>
        <translation>An album, with what is added to it later</translation>
    </message>
    <message>
        <source>A season, with what is added to it later</source>
        <translation>A season, with what is added to it later</translation>
    </message>
    <message>
        <source>A series, with what is added to it later</source>
        <translation>A series, with what is added to it later</translation>
    </message>
    <message>
        <source>One title</source>
        <translation>One title</translation>
    </message>
</context>
<context>
    <name>OfflineViewModel</name>
    <message>
        <source>%1 of %2 used</source>
        <translation>%1 of %2 used</translation>
    </message>
    <message>
        <source>%1 used, %2 free on the disk</source>
        <translation>%1 used, %2 free on the disk</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>No limit</translation>
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
        <translation>As it is</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Small</translation>
    </message>
    <message>
        <source>For every player</source>
        <translation>For every player</translation>
    </message>
</context>
<context>
    <name>OrderRow</name>
    <message>
        <source>Pay</source>
        <translation>Pay</translation>
    </message>
    <message>
        <source>Pay for %1</source>
        <translation>Pay for %1</translation>
    </message>
    <message>
        <source>Play %1</source>
        <translation>Play %1</translation>
    </message>
    <message>
        <source>Show %1, to download it again</source>
        <translation>Show %1, to download it again</translation>
    </message>
    <message>
        <source>Receipt for %1</source>
        <translation>Receipt for %1</translation>
    </message>
    <message>
        <source>Give %1 back</source>
        <translation>Give %1 back</translation>
    </message>
</context>
<context>
    <name>OrdersModel</name>
    <message>
        <source>A gift</source>
        <translation>A gift</translation>
    </message>
    <message>
        <source>Receipt %1</source>
        <translation>Receipt %1</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Free</translation>
    </message>
    <message numerus="yes">
        <source>What was paid comes back, and it leaves your library at once. This is possible for %n day(s), while nothing of it was downloaded and no more than a quarter of it was played.</source>
        <translation>
            <numerusform>What was paid comes back, and it leaves your library at once. This is possible for %n day, while nothing of it was downloaded and no more than a quarter of it was played.</numerusform>
            <numerusform>What was paid comes back, and it leaves your library at once. This is possible for %n days, while nothing of it was downloaded and no more than a quarter of it was played.</numerusform>
        </translation>
    </message>
    <message>
        <source>The receipt could not be written to %1.</source>
        <translation>The receipt could not be written to %1.</translation>
    </message>
    <message>
        <source>The receipt is in %1.</source>
        <translation>The receipt is in %1.</translation>
    </message>
    <message>
        <source>%1 is being refunded.</source>
        <translation>%1 is being refunded.</translation>
    </message>
    <message>
        <source>%1 was refunded.</source>
        <translation>%1 was refunded.</translation>
    </message>
    <message>
        <source>The page for paying could not be opened in a browser.</source>
        <translation>The page for paying could not be opened in a browser.</translation>
    </message>
</context>
<context>
    <name>PageState</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>PairSheet</name>
    <message>
        <source>Paired</source>
        <translation>Paired</translation>
    </message>
    <message>
        <source>Pair another computer</source>
        <translation>Pair another computer</translation>
    </message>
    <message>
        <source>Open this on the other computer, too. Then choose it on one of the two.</source>
        <translation>Open this on the other computer, too. Then choose it on one of the two.</translation>
    </message>
    <message>
        <source>Paired already</source>
        <translation>Paired already</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Pair</translation>
    </message>
    <message>
        <source>Pair with %1</source>
        <translation>Pair with %1</translation>
    </message>
    <message>
        <source>Looking for computers in the network…</source>
        <translation>Looking for computers in the network…</translation>
    </message>
    <message>
        <source>Address of the other computer</source>
        <translation>Address of the other computer</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Connect</translation>
    </message>
    <message>
        <source>This computer is “%1”, at %2.</source>
        <translation>This computer is “%1”, at %2.</translation>
    </message>
    <message>
        <source>This computer is on no network.</source>
        <translation>This computer is on no network.</translation>
    </message>
    <message>
        <source>Does “%1” show the same digits?</source>
        <translation>Does “%1” show the same digits?</translation>
    </message>
    <message>
        <source>Digits: %1</source>
        <translation>Digits: %1</translation>
    </message>
    <message>
        <source>What it may see and change here:</source>
        <translation>What it may see and change here:</translation>
    </message>
    <message>
        <source>Waiting for the other computer…</source>
        <translation>Waiting for the other computer…</translation>
    </message>
    <message>
        <source>“%1” and this computer sync from now on, whenever both are in the network.</source>
        <translation>“%1” and this computer sync from now on, whenever both are in the network.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>They are the same</source>
        <translation>They are the same</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>They differ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Its address or its link, as it shows them</source>
        <translation>Its address or its link, as it shows them</translation>
    </message>
    <message>
        <source>The link of this computer as a QR code</source>
        <translation>The link of this computer as a QR code</translation>
    </message>
    <message>
        <source>Or scan this there, or open this link there: it pairs without digits. Good once, for five minutes. Show it to nobody else.</source>
        <translation>Or scan this there, or open this link there: it pairs without digits. Good once, for five minutes. Show it to nobody else.</translation>
    </message>
    <message>
        <source>Link of this computer</source>
        <translation>Link of this computer</translation>
    </message>
    <message>
        <source>Pair with “%1” at %2?</source>
        <translation>Pair with “%1” at %2?</translation>
    </message>
    <message>
        <source>It may then see and change your ratings, plays, positions and playlists. Go on only if you had this link shown on a computer of yours.</source>
        <translation>It may then see and change your ratings, plays, positions and playlists. Go on only if you had this link shown on a computer of yours.</translation>
    </message>
    <message>
        <source>This link is damaged. Copy all of what the other computer shows.</source>
        <translation>This link is damaged. Copy all of what the other computer shows.</translation>
    </message>
</context>
<context>
    <name>PairedComputers</name>
    <message>
        <source>Computers</source>
        <translation>Computers</translation>
    </message>
    <message>
        <source>Ratings, plays and playlists can be the same on several computers of yours, without a server between them.</source>
        <translation>Ratings, plays and playlists can be the same on several computers of yours, without a server between them.</translation>
    </message>
    <message>
        <source>Syncing with other computers is off. It is turned on in the settings.</source>
        <translation>Syncing with other computers is off. It is turned on in the settings.</translation>
    </message>
    <message>
        <source>Pair another computer</source>
        <translation>Pair another computer</translation>
    </message>
</context>
<context>
    <name>PeerPage</name>
    <message>
        <source>This computer is not paired any more.</source>
        <translation>This computer is not paired any more.</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>It has not been seen in the network yet. It syncs when it is there.</source>
        <translation>It has not been seen in the network yet. It syncs when it is there.</translation>
    </message>
    <message>
        <source>Syncing with other computers is off. It is turned on in the settings.</source>
        <translation>Syncing with other computers is off. It is turned on in the settings.</translation>
    </message>
    <message>
        <source>Sync now</source>
        <translation>Sync now</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Unpair…</source>
        <translation>Unpair…</translation>
    </message>
    <message>
        <source>Unpair %1?</source>
        <translation>Unpair %1?</translation>
    </message>
    <message>
        <source>The two do not sync any more. What each has stays.</source>
        <translation>The two do not sync any more. What each has stays.</translation>
    </message>
    <message>
        <source>Unpair</source>
        <translation>Unpair</translation>
    </message>
    <message>
        <source>What it may see and change here</source>
        <translation>What it may see and change here</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
</context>
<context>
    <name>PeersViewModel</name>
    <message>
        <source>Ratings and favourites</source>
        <translation>Ratings and favourites</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Plays</translation>
    </message>
    <message>
        <source>Where one stopped</source>
        <translation>Where one stopped</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Playlists</translation>
    </message>
    <message>
        <source>Nothing was new</source>
        <translation>Nothing was new</translation>
    </message>
    <message numerus="yes">
        <source>%n changed here</source>
        <translation>
            <numerusform>%n changed here</numerusform>
            <numerusform>%n changed here</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n sent</source>
        <translation>
            <numerusform>%n sent</numerusform>
            <numerusform>%n sent</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. It reaches your library once that is there again</source>
        <translation>%1. It reaches your library once that is there again</translation>
    </message>
    <message>
        <source>Syncing…</source>
        <translation>Syncing…</translation>
    </message>
    <message>
        <source>Syncing: %1 sent, %2 received</source>
        <translation>Syncing: %1 sent, %2 received</translation>
    </message>
    <message>
        <source>Never synced</source>
        <translation>Never synced</translation>
    </message>
    <message>
        <source>Synced %1</source>
        <translation>Synced %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>This system does not find other computers by itself. Type the address that the other one shows.</source>
        <translation>This system does not find other computers by itself. Type the address that the other one shows.</translation>
    </message>
    <message>
        <source>This is no address. It looks like 192.168.1.20:47110.</source>
        <translation>This is no address. It looks like 192.168.1.20:47110.</translation>
    </message>
    <message>
        <source>This link is damaged. Copy all of what the other computer shows.</source>
        <translation>This link is damaged. Copy all of what the other computer shows.</translation>
    </message>
    <message>
        <source>Five tries to pair have failed, so no other computer may ask any more. Close this and open it again to let them.</source>
        <translation>Five tries to pair have failed, so no other computer may ask any more. Close this and open it again to let them.</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>The film is in a window of its own, for HDR.</source>
        <translation>The film is in a window of its own, for HDR.</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Bring it back</translation>
    </message>
</context>
<context>
    <name>PictureWindow</name>
    <message>
        <source>A window for HDR can't be opened here.</source>
        <translation>A window for HDR can't be opened here.</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The server's answer can't be read</source>
        <translation>The server's answer can't be read</translation>
    </message>
    <message>
        <source>The program is closing</source>
        <translation>The program is closing</translation>
    </message>
    <message>
        <source>This address can't be opened</source>
        <translation>This address can't be opened</translation>
    </message>
    <message>
        <source>The server stopped answering</source>
        <translation>The server stopped answering</translation>
    </message>
    <message>
        <source>The server sent Marea to another address, which was refused</source>
        <translation>The server sent Marea to another address, which was refused</translation>
    </message>
    <message>
        <source>The server shows another certificate than the one you trusted</source>
        <translation>The server shows another certificate than the one you trusted</translation>
    </message>
    <message>
        <source>The server is not running, or not at this address</source>
        <translation>The server is not running, or not at this address</translation>
    </message>
    <message>
        <source>The server's certificate is not trusted</source>
        <translation>The server's certificate is not trusted</translation>
    </message>
    <message>
        <source>The connection to the server broke</source>
        <translation>The connection to the server broke</translation>
    </message>
    <message>
        <source>The server's answer is too large</source>
        <translation>The server's answer is too large</translation>
    </message>
    <message>
        <source>The file is not there any more</source>
        <translation>The file is not there any more</translation>
    </message>
    <message>
        <source>This is not a file that can be played</source>
        <translation>This is not a file that can be played</translation>
    </message>
    <message>
        <source>The file can't be opened</source>
        <translation>The file can't be opened</translation>
    </message>
    <message>
        <source>The file can't be read</source>
        <translation>The file can't be read</translation>
    </message>
    <message>
        <source>The file changed on the server while it was playing</source>
        <translation>The file changed on the server while it was playing</translation>
    </message>
    <message>
        <source>This server can't seek in files</source>
        <translation>This server can't seek in files</translation>
    </message>
    <message>
        <source>The server answered with another part of the file</source>
        <translation>The server answered with another part of the file</translation>
    </message>
    <message>
        <source>The server no longer lets this device play this</source>
        <translation>The server no longer lets this device play this</translation>
    </message>
    <message>
        <source>The file is not on the server any more</source>
        <translation>The file is not on the server any more</translation>
    </message>
    <message>
        <source>The server is too busy at the moment</source>
        <translation>The server is too busy at the moment</translation>
    </message>
    <message>
        <source>The server refused to play this</source>
        <translation>The server refused to play this</translation>
    </message>
    <message>
        <source>The player can't be started</source>
        <translation>The player can't be started</translation>
    </message>
    <message>
        <source>This kind of address can't be played</source>
        <translation>This kind of address can't be played</translation>
    </message>
    <message>
        <source>The film ends here: a part of its file is missing</source>
        <translation>The film ends here: a part of its file is missing</translation>
    </message>
    <message>
        <source>This file can't be played: no sound device could be opened</source>
        <translation>This file can't be played: no sound device could be opened</translation>
    </message>
    <message>
        <source>This file can't be played: its picture could not be shown</source>
        <translation>This file can't be played: its picture could not be shown</translation>
    </message>
    <message>
        <source>This file can't be played</source>
        <translation>This file can't be played</translation>
    </message>
    <message>
        <source>This file can't be played: it is damaged, or of a kind that Marea does not play</source>
        <translation>This file can't be played: it is damaged, or of a kind that Marea does not play</translation>
    </message>
    <message>
        <source>This file can't be played: there is neither picture nor sound in it</source>
        <translation>This file can't be played: there is neither picture nor sound in it</translation>
    </message>
    <message>
        <source>There is no server of this name</source>
        <translation>There is no server of this name</translation>
    </message>
    <message>
        <source>This system has no keychain: protected titles can't be kept on it.</source>
        <translation>This system has no keychain: protected titles can't be kept on it.</translation>
    </message>
    <message>
        <source>By this computer's clock the licence has ended already. Set its date and time.</source>
        <translation>By this computer's clock the licence has ended already. Set its date and time.</translation>
    </message>
    <message>
        <source>The file is damaged, or belongs to another computer. Download it again.</source>
        <translation>The file is damaged, or belongs to another computer. Download it again.</translation>
    </message>
    <message>
        <source>The computer that showed this code is not there, or it shows another one by now.</source>
        <translation>The computer that showed this code is not there, or it shows another one by now.</translation>
    </message>
    <message>
        <source>The other computer does not let itself be paired. Open “Pair another computer” there, too.</source>
        <translation>The other computer does not let itself be paired. Open “Pair another computer” there, too.</translation>
    </message>
    <message>
        <source>Sign in first.</source>
        <translation>Sign in first.</translation>
    </message>
    <message>
        <source>Another computer is being paired just now. Try again.</source>
        <translation>Another computer is being paired just now. Try again.</translation>
    </message>
    <message>
        <source>The folder for the copies cannot be made.</source>
        <translation>The folder for the copies cannot be made.</translation>
    </message>
    <message>
        <source>Syncing was called off.</source>
        <translation>Syncing was called off.</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>The server does not answer.</translation>
    </message>
    <message>
        <source>The two computers are not paired any more. Pair them again.</source>
        <translation>The two computers are not paired any more. Pair them again.</translation>
    </message>
    <message>
        <source>The server does not say which titles it has.</source>
        <translation>The server does not say which titles it has.</translation>
    </message>
    <message>
        <source>The server would have to encode this title, and that needs libmpv here</source>
        <translation>The server would have to encode this title, and that needs libmpv here</translation>
    </message>
    <message>
        <source>Five tries to pair with the other computer have failed, so it lets nobody ask any more. Close “Pair another computer” there, and open it again.</source>
        <translation>Five tries to pair with the other computer have failed, so it lets nobody ask any more. Close “Pair another computer” there, and open it again.</translation>
    </message>
    <message>
        <source>The server's library does not come to an end. Nothing is changed on the device.</source>
        <translation>The server's library does not come to an end. Nothing is changed on the device.</translation>
    </message>
    <message>
        <source>The library holds no music and no films. Nothing is changed on the device.</source>
        <translation>The library holds no music and no films. Nothing is changed on the device.</translation>
    </message>
    <message>
        <source>The server takes too long for the first picture</source>
        <translation>The server takes too long for the first picture</translation>
    </message>
</context>
<context>
    <name>PlayerControls</name>
    <message>
        <source>Chapters</source>
        <translation>Chapters</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>10 seconds back</source>
        <translation>10 seconds back</translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation>10 seconds on</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>Unmute</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Mute</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volume</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtitles</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Leave full screen</source>
        <translation>Leave full screen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Full screen</translation>
    </message>
    <message>
        <source>Quality: %1</source>
        <translation>Quality: %1</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Quality</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>Play on another device</source>
        <translation>Play on another device</translation>
    </message>
    <message>
        <source>Play on</source>
        <translation>Play on</translation>
    </message>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <source>Small window</source>
        <translation>Small window</translation>
    </message>
    <message>
        <source>Back from the HDR window</source>
        <translation>Back from the HDR window</translation>
    </message>
    <message>
        <source>HDR window</source>
        <translation>HDR window</translation>
    </message>
</context>
<context>
    <name>PlayerPage</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Close the player</source>
        <translation>Close the player</translation>
    </message>
    <message>
        <source>Subtitles: %1</source>
        <translation>Subtitles: %1</translation>
    </message>
</context>
<context>
    <name>PlayerViewModel</name>
    <message>
        <source>None</source>
        <translation>None</translation>
    </message>
    <message>
        <source>Chapter %1</source>
        <translation>Chapter %1</translation>
    </message>
    <message>
        <source>Local file</source>
        <translation>Local file</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Reasons</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtitles</translation>
    </message>
    <message>
        <source>Read ahead</source>
        <translation>Read ahead</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>First frame</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Speed</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Range</translation>
    </message>
    <message>
        <source>Decoded by</source>
        <translation>Decoded by</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>the processor</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Left out</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s)</source>
        <translation>
            <numerusform>%n frame</numerusform>
            <numerusform>%n frames</numerusform>
        </translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>The owner of the server ended this playback.</source>
        <translation>The owner of the server ended this playback.</translation>
    </message>
    <message>
        <source>The owner of the server ended this playback: %1</source>
        <translation>The owner of the server ended this playback: %1</translation>
    </message>
    <message>
        <source>Couldn't reach “%1”, and no other library has this title.</source>
        <translation>Couldn't reach “%1”, and no other library has this title.</translation>
    </message>
    <message>
        <source>Waiting for the disk…</source>
        <translation>Waiting for the disk…</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>Waiting for the server…</translation>
    </message>
    <message>
        <source>Waiting for %1…</source>
        <translation>Waiting for %1…</translation>
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
        <translation>Not in the library any more</translation>
    </message>
</context>
<context>
    <name>PlaylistPage</name>
    <message>
        <source>Export the playlist</source>
        <translation>Export the playlist</translation>
    </message>
    <message>
        <source>Smart playlist</source>
        <translation>Smart playlist</translation>
    </message>
    <message>
        <source>Playlist</source>
        <translation>Playlist</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>Shuffle</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>Add to the queue</translation>
    </message>
    <message>
        <source>Edit playlist</source>
        <translation>Edit playlist</translation>
    </message>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <source>Edit the rules…</source>
        <translation>Edit the rules…</translation>
    </message>
    <message>
        <source>Export as M3U8…</source>
        <translation>Export as M3U8…</translation>
    </message>
    <message>
        <source>Export as XSPF…</source>
        <translation>Export as XSPF…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>PlaylistSheet</name>
    <message>
        <source>Only me</source>
        <translation>Only me</translation>
    </message>
    <message>
        <source>Others can see it</source>
        <translation>Others can see it</translation>
    </message>
    <message>
        <source>Others can add to it</source>
        <translation>Others can add to it</translation>
    </message>
    <message>
        <source>Edit playlist</source>
        <translation>Edit playlist</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>New playlist</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Create</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>PlaylistViewModel</name>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n title</numerusform>
            <numerusform>%n titles</numerusform>
        </translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>by %1</translation>
    </message>
    <message>
        <source>others can see it</source>
        <translation>others can see it</translation>
    </message>
    <message>
        <source>others can add to it</source>
        <translation>others can add to it</translation>
    </message>
    <message>
        <source>It was changed elsewhere in the meantime. What you entered is still here: look at the list as it is now, then save again.</source>
        <translation>It was changed elsewhere in the meantime. What you entered is still here: look at the list as it is now, then save again.</translation>
    </message>
    <message>
        <source>“%1” was changed elsewhere in the meantime. This is how it is now.</source>
        <translation>“%1” was changed elsewhere in the meantime. This is how it is now.</translation>
    </message>
    <message>
        <source>“%1” was removed.</source>
        <translation>“%1” was removed.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Saved as %1.</translation>
    </message>
    <message>
        <source>Couldn't write %1.</source>
        <translation>Couldn't write %1.</translation>
    </message>
</context>
<context>
    <name>PlaylistsModel</name>
    <message>
        <source>public</source>
        <translation>public</translation>
    </message>
    <message>
        <source>others may add</source>
        <translation>others may add</translation>
    </message>
    <message>
        <source>Smart playlist</source>
        <translation>Smart playlist</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n title</numerusform>
            <numerusform>%n titles</numerusform>
        </translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>by %1</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) added to “%1”.</source>
        <translation>
            <numerusform>%n title added to “%1”.</numerusform>
            <numerusform>%n titles added to “%1”.</numerusform>
        </translation>
    </message>
    <message>
        <source>Couldn't read %1.</source>
        <translation>Couldn't read %1.</translation>
    </message>
    <message>
        <source>%1 is too large to be a playlist.</source>
        <translation>%1 is too large to be a playlist.</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) imported.</source>
        <translation>
            <numerusform>%n title imported.</numerusform>
            <numerusform>%n titles imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) imported; not in the library: %1.</source>
        <translation>
            <numerusform>%n title imported; not in the library: %1.</numerusform>
            <numerusform>%n titles imported; not in the library: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” was deleted.</source>
        <translation>“%1” was deleted.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>“%1” is back.</source>
        <translation>“%1” is back.</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) added to “%1” at %2.</source>
        <translation>
            <numerusform>%n title added to “%1” at %2.</numerusform>
            <numerusform>%n titles added to “%1” at %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was added to “%1” at %2: %3</source>
        <translation>Nothing was added to “%1” at %2: %3</translation>
    </message>
</context>
<context>
    <name>PlaylistsPage</name>
    <message>
        <source>Import a playlist</source>
        <translation>Import a playlist</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Playlists</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>All files</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>New playlist</translation>
    </message>
    <message>
        <source>New smart playlist</source>
        <translation>New smart playlist</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Delete %1</translation>
    </message>
    <message>
        <source>There are no playlists yet.</source>
        <translation>There are no playlists yet.</translation>
    </message>
    <message>
        <source>Make one here, or add a title to one by its menu.</source>
        <translation>Make one here, or add a title to one by its menu.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>ProductCard</name>
    <message>
        <source>Yours</source>
        <translation>Yours</translation>
    </message>
    <message>
        <source>Soon</source>
        <translation>Soon</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>Sale</translation>
    </message>
</context>
<context>
    <name>ProductGrid</name>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Nothing in the store matches.</source>
        <translation>Nothing in the store matches.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>ProductPage</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Show in the library</source>
        <translation>Show in the library</translation>
    </message>
    <message>
        <source>Give it to somebody</source>
        <translation>Give it to somebody</translation>
    </message>
    <message>
        <source>You have ordered it ahead. %1</source>
        <translation>You have ordered it ahead. %1</translation>
    </message>
    <message>
        <source>It is protected: it plays in Marea, also without the server, and cannot be copied elsewhere.</source>
        <translation>It is protected: it plays in Marea, also without the server, and cannot be copied elsewhere.</translation>
    </message>
</context>
<context>
    <name>ProductParts</name>
    <message>
        <source>What is in it</source>
        <translation>What is in it</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Stop %1</translation>
    </message>
    <message>
        <source>Listen to %1</source>
        <translation>Listen to %1</translation>
    </message>
</context>
<context>
    <name>ProductReviews</name>
    <message>
        <source>Reviews</source>
        <translation>Reviews</translation>
    </message>
    <message>
        <source>Edit your review</source>
        <translation>Edit your review</translation>
    </message>
    <message>
        <source>Write a review</source>
        <translation>Write a review</translation>
    </message>
    <message>
        <source>Nobody has said anything yet. You could be the first.</source>
        <translation>Nobody has said anything yet. You could be the first.</translation>
    </message>
    <message>
        <source>Nobody has said anything yet.</source>
        <translation>Nobody has said anything yet.</translation>
    </message>
</context>
<context>
    <name>ProductViewModel</name>
    <message>
        <source>Season %1</source>
        <translation>Season %1</translation>
    </message>
    <message>
        <source>Order ahead for %1</source>
        <translation>Order ahead for %1</translation>
    </message>
    <message>
        <source>Order ahead</source>
        <translation>Order ahead</translation>
    </message>
    <message>
        <source>Buy</source>
        <translation>Buy</translation>
    </message>
    <message>
        <source>Get it</source>
        <translation>Get it</translation>
    </message>
    <message>
        <source>Buy for %1</source>
        <translation>Buy for %1</translation>
    </message>
    <message>
        <source>No reviews yet</source>
        <translation>No reviews yet</translation>
    </message>
    <message>
        <source>%1 of 5</source>
        <translation>%1 of 5</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s)</source>
        <translation>
            <numerusform>%n review</numerusform>
            <numerusform>%n reviews</numerusform>
        </translation>
    </message>
    <message>
        <source>You</source>
        <translation>You</translation>
    </message>
</context>
<context>
    <name>ProfileViewModel</name>
    <message>
        <source>Picture</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>Any picture</source>
        <translation>Any picture</translation>
    </message>
    <message>
        <source>Up to %1p</source>
        <translation>Up to %1p</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>Sample rate</translation>
    </message>
    <message>
        <source>Up to %1 kHz</source>
        <translation>Up to %1 kHz</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Channels</translation>
    </message>
    <message>
        <source>Stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>Bit rate</source>
        <translation>Bit rate</translation>
    </message>
    <message>
        <source>Any bit rate</source>
        <translation>Any bit rate</translation>
    </message>
    <message>
        <source>Up to %1 kbit/s</source>
        <translation>Up to %1 kbit/s</translation>
    </message>
    <message>
        <source>Up to %1 Mbit/s</source>
        <translation>Up to %1 Mbit/s</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>File size</translation>
    </message>
    <message>
        <source>Files of any size</source>
        <translation>Files of any size</translation>
    </message>
    <message>
        <source>Files up to %1 GB</source>
        <translation>Files up to %1 GB</translation>
    </message>
    <message>
        <source>Other music</source>
        <translation>Other music</translation>
    </message>
    <message>
        <source>Other films</source>
        <translation>Other films</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Left out</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>Give it a name.</translation>
    </message>
    <message>
        <source>Choose at least one format that it plays.</source>
        <translation>Choose at least one format that it plays.</translation>
    </message>
    <message numerus="yes">
        <source>Up to %n channel(s)</source>
        <translation>
            <numerusform>Up to %n channel</numerusform>
            <numerusform>Up to %n channels</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose at least one kind of file that films come in.</source>
        <translation>Choose at least one kind of file that films come in.</translation>
    </message>
    <message>
        <source>Other films become MP4 files. Choose MP4 as well, or leave them out.</source>
        <translation>Other films become MP4 files. Choose MP4 as well, or leave them out.</translation>
    </message>
</context>
<context>
    <name>PurchasesPage</name>
    <message>
        <source>Give %1 back?</source>
        <translation>Give %1 back?</translation>
    </message>
    <message>
        <source>Give it back</source>
        <translation>Give it back</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Purchases</translation>
    </message>
    <message>
        <source>Your credit</source>
        <translation>Your credit</translation>
    </message>
    <message>
        <source>None</source>
        <translation>None</translation>
    </message>
    <message>
        <source>Your credit: %1</source>
        <translation>Your credit: %1</translation>
    </message>
    <message>
        <source>You have not bought anything yet.</source>
        <translation>You have not bought anything yet.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Go to the store</source>
        <translation>Go to the store</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Take out of the queue</source>
        <translation>Take out of the queue</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>%1 takes no whole files</source>
        <translation>%1 takes no whole files</translation>
    </message>
    <message>
        <source>The title is protected and goes out encrypted</source>
        <translation>The title is protected and goes out encrypted</translation>
    </message>
    <message>
        <source>%1 cannot open %2 files</source>
        <translation>%1 cannot open %2 files</translation>
    </message>
    <message>
        <source>%1 cannot play %2 in such a file</source>
        <translation>%1 cannot play %2 in such a file</translation>
    </message>
    <message>
        <source>%1 has no %2 decoder</source>
        <translation>%1 has no %2 decoder</translation>
    </message>
    <message>
        <source>%1 cannot play this kind of %2</source>
        <translation>%1 cannot play this kind of %2</translation>
    </message>
    <message>
        <source>The %2 picture asks too much of %1</source>
        <translation>The %2 picture asks too much of %1</translation>
    </message>
    <message>
        <source>%1 cannot play a picture of %2 bits a colour</source>
        <translation>%1 cannot play a picture of %2 bits a colour</translation>
    </message>
    <message>
        <source>%1 shows pictures in fields (interlaced) with combs</source>
        <translation>%1 shows pictures in fields (interlaced) with combs</translation>
    </message>
    <message>
        <source>%1 takes HEVC in such a file only as hvc1, and this is hev1</source>
        <translation>%1 takes HEVC in such a file only as hvc1, and this is hev1</translation>
    </message>
    <message>
        <source>%1 cannot show %2</source>
        <translation>%1 cannot show %2</translation>
    </message>
    <message>
        <source>The picture is %1, and the limit is %2</source>
        <translation>The picture is %1, and the limit is %2</translation>
    </message>
    <message>
        <source>The film has %1 pictures a second, and the limit is %2</source>
        <translation>The film has %1 pictures a second, and the limit is %2</translation>
    </message>
    <message>
        <source>The film is %1, and the limit is %2</source>
        <translation>The film is %1, and the limit is %2</translation>
    </message>
    <message>
        <source>The sound is %1, and the limit is %2</source>
        <translation>The sound is %1, and the limit is %2</translation>
    </message>
    <message>
        <source>The sound has %1 channels, and the player takes %2</source>
        <translation>The sound has %1 channels, and the player takes %2</translation>
    </message>
    <message>
        <source>The loudness is brought to that of other titles</source>
        <translation>The loudness is brought to that of other titles</translation>
    </message>
    <message>
        <source>Loud and quiet are brought together for the night</source>
        <translation>Loud and quiet are brought together for the night</translation>
    </message>
    <message>
        <source>%1 cannot choose among the sounds of a file</source>
        <translation>%1 cannot choose among the sounds of a file</translation>
    </message>
    <message>
        <source>The chosen subtitles are pictures, which %1 cannot draw</source>
        <translation>The chosen subtitles are pictures, which %1 cannot draw</translation>
    </message>
    <message>
        <source>The chosen subtitles are drawn into the picture</source>
        <translation>The chosen subtitles are drawn into the picture</translation>
    </message>
    <message>
        <source>Without sound: nothing here can decode %1</source>
        <translation>Without sound: nothing here can decode %1</translation>
    </message>
    <message>
        <source>It cannot go out in segments as it is</source>
        <translation>It cannot go out in segments as it is</translation>
    </message>
    <message>
        <source>The file has not been read through yet</source>
        <translation>The file has not been read through yet</translation>
    </message>
    <message>
        <source>The picture goes apart from the sound</source>
        <translation>The picture goes apart from the sound</translation>
    </message>
    <message>
        <source>The sound goes apart from the picture</source>
        <translation>The sound goes apart from the picture</translation>
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
        <translation>The player</translation>
    </message>
</context>
<context>
    <name>RemoteViewModel</name>
    <message>
        <source>This player does not know that command.</source>
        <translation>This player does not know that command.</translation>
    </message>
    <message>
        <source>This title is not there any more.</source>
        <translation>This title is not there any more.</translation>
    </message>
    <message>
        <source>Something else was started.</source>
        <translation>Something else was started.</translation>
    </message>
    <message>
        <source>What plays has no such sound.</source>
        <translation>What plays has no such sound.</translation>
    </message>
    <message>
        <source>What plays has no such subtitles.</source>
        <translation>What plays has no such subtitles.</translation>
    </message>
</context>
<context>
    <name>ReviewSheet</name>
    <message>
        <source>Edit your review</source>
        <translation>Edit your review</translation>
    </message>
    <message>
        <source>Write a review</source>
        <translation>Write a review</translation>
    </message>
    <message>
        <source>What others may want to know</source>
        <translation>What others may want to know</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>RunningWork</name>
    <message>
        <source>less than a minute</source>
        <translation>less than a minute</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s)</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n hour(s)</source>
        <translation>
            <numerusform>about %n hour</numerusform>
            <numerusform>about %n hours</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>paused</translation>
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
        <translation>Nothing can be heard on this computer.</translation>
    </message>
    <message>
        <source>There is no room for what is to be heard.</source>
        <translation>There is no room for what is to be heard.</translation>
    </message>
    <message>
        <source>This could not be heard.</source>
        <translation>This could not be heard.</translation>
    </message>
</context>
<context>
    <name>ScanWork</name>
    <message>
        <source>Reading %1</source>
        <translation>Reading %1</translation>
    </message>
</context>
<context>
    <name>ScrobblingSetting</name>
    <message>
        <source>Tell what you listen to</source>
        <translation>Tell what you listen to</translation>
    </message>
    <message>
        <source>To ListenBrainz, or a service like it. Your token is on the page of your account there.</source>
        <translation>To ListenBrainz, or a service like it. Your token is on the page of your account there.</translation>
    </message>
    <message>
        <source>The token is refused. Enter a new one.</source>
        <translation>The token is refused. Enter a new one.</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Turn off</translation>
    </message>
    <message>
        <source>Turn off %1</source>
        <translation>Turn off %1</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Turn on</source>
        <translation>Turn on</translation>
    </message>
</context>
<context>
    <name>ScrobblingViewModel</name>
    <message>
        <source>last told %1</source>
        <translation>last told %1</translation>
    </message>
    <message>
        <source>nothing told yet</source>
        <translation>nothing told yet</translation>
    </message>
    <message numerus="yes">
        <source>%n listen(s) waiting</source>
        <translation>
            <numerusform>%n listen waiting</numerusform>
            <numerusform>%n listens waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Films</source>
        <translation>Films</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Artists</source>
        <translation>Artists</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Albums</translation>
    </message>
    <message>
        <source>Search for a title, an artist or an album.</source>
        <translation>Search for a title, an artist or an album.</translation>
    </message>
    <message>
        <source>Nothing is called “%1”.</source>
        <translation>Nothing is called “%1”.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>In %1</source>
        <translation>In %1</translation>
    </message>
</context>
<context>
    <name>FoundTracks</name>
    <message>
        <source>Tracks</source>
        <translation>Tracks</translation>
    </message>
</context>
<context>
    <name>SeekBar</name>
    <message>
        <source>Position: %1 of %2</source>
        <translation>Position: %1 of %2</translation>
    </message>
</context>
<context>
    <name>SellingPage</name>
    <message>
        <source>Selling</source>
        <translation>Selling</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>Vouchers</source>
        <translation>Vouchers</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Sales</translation>
    </message>
</context>
<context>
    <name>SellingProducts</name>
    <message>
        <source>Libraries for sale</source>
        <translation>Libraries for sale</translation>
    </message>
    <message>
        <source>What is in them is seen by owners, and by who bought it. Put a library up before there is something in it that others should not see.</source>
        <translation>What is in them is seen by owners, and by who bought it. Put a library up before there is something in it that others should not see.</translation>
    </message>
    <message>
        <source>Put %1 up for sale?</source>
        <translation>Put %1 up for sale?</translation>
    </message>
    <message>
        <source>Who is no owner no longer sees what is in it until they buy it.</source>
        <translation>Who is no owner no longer sees what is in it until they buy it.</translation>
    </message>
    <message>
        <source>Put it up</source>
        <translation>Put it up</translation>
    </message>
    <message>
        <source>Take %1 off sale?</source>
        <translation>Take %1 off sale?</translation>
    </message>
    <message>
        <source>Everybody whom it is open to sees all that is in it, whether they paid or not.</source>
        <translation>Everybody whom it is open to sees all that is in it, whether they paid or not.</translation>
    </message>
    <message>
        <source>Take it off</source>
        <translation>Take it off</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>Products</translation>
    </message>
    <message>
        <source>New product</source>
        <translation>New product</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publish</translation>
    </message>
    <message>
        <source>Withdraw %1</source>
        <translation>Withdraw %1</translation>
    </message>
    <message>
        <source>Publish %1</source>
        <translation>Publish %1</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Edit %1</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Delete %1</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>Delete %1?</translation>
    </message>
    <message>
        <source>It is sold no more. Who bought it keeps it.</source>
        <translation>It is sold no more. Who bought it keeps it.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Show more</translation>
    </message>
    <message>
        <source>There are no products yet. Make one here, or from a title's menu.</source>
        <translation>There are no products yet. Make one here, or from a title's menu.</translation>
    </message>
</context>
<context>
    <name>SellingReport</name>
    <message>
        <source>Sales report</source>
        <translation>Sales report</translation>
    </message>
    <message>
        <source>Every receipt with its day, buyer, product, price and whether it was refunded, as a CSV table.</source>
        <translation>Every receipt with its day, buyer, product, price and whether it was refunded, as a CSV table.</translation>
    </message>
    <message>
        <source>From, or empty</source>
        <translation>From, or empty</translation>
    </message>
    <message>
        <source>From 2026-01-01</source>
        <translation>From 2026-01-01</translation>
    </message>
    <message>
        <source>To, or empty</source>
        <translation>To, or empty</translation>
    </message>
    <message>
        <source>To 2026-12-31</source>
        <translation>To 2026-12-31</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Save as CSV…</translation>
    </message>
    <message>
        <source>Save the sales report</source>
        <translation>Save the sales report</translation>
    </message>
</context>
<context>
    <name>SellingViewModel</name>
    <message>
        <source>On sale</source>
        <translation>On sale</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Withdrawn</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Draft</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>from %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n used</source>
        <translation>
            <numerusform>%1 of %n used</numerusform>
            <numerusform>%1 of %n used</numerusform>
        </translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>cancelled</translation>
    </message>
    <message>
        <source>good until %1</source>
        <translation>good until %1</translation>
    </message>
    <message numerus="yes">
        <source>%n sold</source>
        <translation>
            <numerusform>%n sold</numerusform>
            <numerusform>%n sold</numerusform>
        </translation>
    </message>
    <message>
        <source>A currency is a code of three letters, such as EUR.</source>
        <translation>A currency is a code of three letters, such as EUR.</translation>
    </message>
    <message>
        <source>Say what each is worth, such as 10.00.</source>
        <translation>Say what each is worth, such as 10.00.</translation>
    </message>
    <message>
        <source>1 to 1000 can be made at once.</source>
        <translation>1 to 1000 can be made at once.</translation>
    </message>
    <message>
        <source>A day is written as 2026-12-24.</source>
        <translation>A day is written as 2026-12-24.</translation>
    </message>
    <message>
        <source>The vouchers are in %1.</source>
        <translation>The vouchers are in %1.</translation>
    </message>
    <message>
        <source>What was sold is in %1.</source>
        <translation>What was sold is in %1.</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>%1 could not be written.</translation>
    </message>
</context>
<context>
    <name>SellingVouchers</name>
    <message>
        <source>New vouchers</source>
        <translation>New vouchers</translation>
    </message>
    <message>
        <source>Each code is credit for whoever redeems it, once. The codes are shown once.</source>
        <translation>Each code is credit for whoever redeems it, once. The codes are shown once.</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>How many</translation>
    </message>
    <message>
        <source>Worth each</source>
        <translation>Worth each</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Currency</translation>
    </message>
    <message>
        <source>Good until, or empty</source>
        <translation>Good until, or empty</translation>
    </message>
    <message>
        <source>What they are for</source>
        <translation>What they are for</translation>
    </message>
    <message>
        <source>Make vouchers</source>
        <translation>Make vouchers</translation>
    </message>
    <message>
        <source>Cancel these</source>
        <translation>Cancel these</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>Cancel %1</translation>
    </message>
    <message>
        <source>Cancel these vouchers?</source>
        <translation>Cancel these vouchers?</translation>
    </message>
    <message>
        <source>Codes that nobody has redeemed become worthless. Credit that came of others stays.</source>
        <translation>Codes that nobody has redeemed become worthless. Credit that came of others stays.</translation>
    </message>
    <message>
        <source>Cancel the vouchers</source>
        <translation>Cancel the vouchers</translation>
    </message>
</context>
<context>
    <name>SeriesPage</name>
    <message>
        <source>There are no series in the library yet.</source>
        <translation>There are no series in the library yet.</translation>
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
        <translation>waits</translation>
    </message>
    <message>
        <source>done %1</source>
        <translation>done %1</translation>
    </message>
    <message>
        <source>called off %1</source>
        <translation>called off %1</translation>
    </message>
    <message>
        <source>%1; %2 free</source>
        <translation>%1; %2 free</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>Cache: %1</source>
        <translation>Cache: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
</context>
<context>
    <name>SessionViewModel</name>
    <message>
        <source>The sign-in has ended. Sign in again.</source>
        <translation>The sign-in has ended. Sign in again.</translation>
    </message>
    <message>
        <source>This is no address of a server. It looks like casa.example or 192.168.1.20:8470.</source>
        <translation>This is no address of a server. It looks like casa.example or 192.168.1.20:8470.</translation>
    </message>
    <message>
        <source>Enter your name and your password.</source>
        <translation>Enter your name and your password.</translation>
    </message>
    <message>
        <source>Enter the setup code. The server prints it when it starts.</source>
        <translation>Enter the setup code. The server prints it when it starts.</translation>
    </message>
    <message>
        <source>Choose a name and a password.</source>
        <translation>Choose a name and a password.</translation>
    </message>
    <message>
        <source>The name or the password is wrong.</source>
        <translation>The name or the password is wrong.</translation>
    </message>
    <message>
        <source>The setup code is wrong.</source>
        <translation>The setup code is wrong.</translation>
    </message>
    <message>
        <source>This server has an owner already. Sign in instead.</source>
        <translation>This server has an owner already. Sign in instead.</translation>
    </message>
    <message>
        <source>You did not sign in.</source>
        <translation>You did not sign in.</translation>
    </message>
    <message>
        <source>Nobody signed in. Try again.</source>
        <translation>Nobody signed in. Try again.</translation>
    </message>
    <message>
        <source>No browser opened. Sign in here with your password.</source>
        <translation>No browser opened. Sign in here with your password.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>This computer</translation>
    </message>
    <message>
        <source>Another Marea that runs here has this computer's library open.</source>
        <translation>Another Marea that runs here has this computer's library open.</translation>
    </message>
</context>
<context>
    <name>SettingsAccount</name>
    <message>
        <source>On %1. This system has no keychain, so you will sign in again at the next start.</source>
        <translation>On %1. This system has no keychain, so you will sign in again at the next start.</translation>
    </message>
    <message>
        <source>On %1. The sign-in is kept in the system's keychain.</source>
        <translation>On %1. The sign-in is kept in the system's keychain.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>Where you are signed in. What you sign out is out at once.</source>
        <translation>Where you are signed in. What you sign out is out at once.</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>Sign out %1</translation>
    </message>
    <message>
        <source>Passwords for apps</source>
        <translation>Passwords for apps</translation>
    </message>
    <message>
        <source>For music players on the phone that know Subsonic. One each; it is shown once.</source>
        <translation>For music players on the phone that know Subsonic. One each; it is shown once.</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>Delete %1</translation>
    </message>
    <message>
        <source>Delete the password?</source>
        <translation>Delete the password?</translation>
    </message>
    <message>
        <source>%1 can no longer sign in with it.</source>
        <translation>%1 can no longer sign in with it.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Name of the app</source>
        <translation>Name of the app</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Create</translation>
    </message>
    <message>
        <source>Accounts elsewhere</source>
        <translation>Accounts elsewhere</translation>
    </message>
    <message>
        <source>You sign in with them here too. Another one is linked when you sign in with it in the browser and then, once, with your password.</source>
        <translation>You sign in with them here too. Another one is linked when you sign in with it in the browser and then, once, with your password.</translation>
    </message>
    <message>
        <source>Unlink</source>
        <translation>Unlink</translation>
    </message>
    <message>
        <source>Unlink %1</source>
        <translation>Unlink %1</translation>
    </message>
    <message>
        <source>Unlink the account?</source>
        <translation>Unlink the account?</translation>
    </message>
    <message>
        <source>%1 will no longer sign you in here.</source>
        <translation>%1 will no longer sign you in here.</translation>
    </message>
    <message>
        <source>Credit in the store</source>
        <translation>Credit in the store</translation>
    </message>
    <message>
        <source>You have none. A voucher adds to it.</source>
        <translation>You have none. A voucher adds to it.</translation>
    </message>
    <message>
        <source>You have %1.</source>
        <translation>You have %1.</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Purchases</translation>
    </message>
</context>
<context>
    <name>SettingsComputer</name>
    <message>
        <source>Folders on this computer</source>
        <translation>Folders on this computer</translation>
    </message>
    <message>
        <source>Films, series and music in them are a library of their own, without a server. Removing one leaves its files as they are.</source>
        <translation>Films, series and music in them are a library of their own, without a server. Removing one leaves its files as they are.</translation>
    </message>
    <message>
        <source>Scan %1 again</source>
        <translation>Scan %1 again</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Remove %1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Remove %1?</translation>
    </message>
    <message>
        <source>Its titles are no longer listed. The files in the folder stay.</source>
        <translation>Its titles are no longer listed. The files in the folder stay.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>SettingsDevices</name>
    <message>
        <source>Choose a folder</source>
        <translation>Choose a folder</translation>
    </message>
    <message>
        <source>Folders as devices</source>
        <translation>Folders as devices</translation>
    </message>
    <message>
        <source>Phones, players and sticks are found by themselves. A folder that is named here is treated as one: a share, a card that is mounted elsewhere.</source>
        <translation>Phones, players and sticks are found by themselves. A folder that is named here is treated as one: a share, a card that is mounted elsewhere.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Remove %1</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Add a folder…</translation>
    </message>
</context>
<context>
    <name>SettingsHousehold</name>
    <message>
        <source>People</source>
        <translation>People</translation>
    </message>
    <message>
        <source>Members see all libraries or some; children what is for their age.</source>
        <translation>Members see all libraries or some; children what is for their age.</translation>
    </message>
    <message>
        <source>Who else is on this server.</source>
        <translation>Who else is on this server.</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>Edit %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Remove %1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Remove %1?</translation>
    </message>
    <message>
        <source>Their playlists, ratings and history go too. This cannot be undone.</source>
        <translation>Their playlists, ratings and history go too. This cannot be undone.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Add somebody</source>
        <translation>Add somebody</translation>
    </message>
    <message>
        <source>Any number</source>
        <translation>Any number</translation>
    </message>
    <message>
        <source>Plays at once, each</source>
        <translation>Plays at once, each</translation>
    </message>
    <message>
        <source>How much one person may play at the same time.</source>
        <translation>How much one person may play at the same time.</translation>
    </message>
    <message>
        <source>Plays at once, all together</source>
        <translation>Plays at once, all together</translation>
    </message>
    <message>
        <source>How much the whole household may play at the same time.</source>
        <translation>How much the whole household may play at the same time.</translation>
    </message>
    <message>
        <source>Devices, each</source>
        <translation>Devices, each</translation>
    </message>
    <message>
        <source>On how many devices one person may be signed in.</source>
        <translation>On how many devices one person may be signed in.</translation>
    </message>
    <message>
        <source>One device too many</source>
        <translation>One device too many</translation>
    </message>
    <message>
        <source>Is refused, or takes the place of the one that was silent longest.</source>
        <translation>Is refused, or takes the place of the one that was silent longest.</translation>
    </message>
    <message>
        <source>Refuse it</source>
        <translation>Refuse it</translation>
    </message>
    <message>
        <source>Sign out the oldest</source>
        <translation>Sign out the oldest</translation>
    </message>
</context>
<context>
    <name>SettingsLook</name>
    <message>
        <source>Theme</source>
        <translation>Theme</translation>
    </message>
    <message>
        <source>Dark, light, or as the system is.</source>
        <translation>Dark, light, or as the system is.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Changes at once, without a restart.</source>
        <translation>Changes at once, without a restart.</translation>
    </message>
    <message>
        <source>Marea %1</source>
        <translation>Marea %1</translation>
    </message>
    <message>
        <source>Commit %1. Server %2. Free software under the GNU GPL, version 3 or later. Inter (OFL) and Lucide (ISC) are bundled.</source>
        <translation>Commit %1. Server %2. Free software under the GNU GPL, version 3 or later. Inter (OFL) and Lucide (ISC) are bundled.</translation>
    </message>
    <message>
        <source>Stay in the tray</source>
        <translation>Stay in the tray</translation>
    </message>
    <message>
        <source>Closing the window leaves Marea running, where the system has a tray.</source>
        <translation>Closing the window leaves Marea running, where the system has a tray.</translation>
    </message>
    <message>
        <source>Tell each track</source>
        <translation>Tell each track</translation>
    </message>
    <message>
        <source>A notification when a track begins while the window is not looked at.</source>
        <translation>A notification when a track begins while the window is not looked at.</translation>
    </message>
    <message>
        <source>Played by %1</source>
        <translation>Played by %1</translation>
    </message>
    <message>
        <source>It can do all that Marea offers.</source>
        <translation>It can do all that Marea offers.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Look</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>Playback</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Servers</translation>
    </message>
    <message>
        <source>Household</source>
        <translation>Household</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Search settings</translation>
    </message>
    <message>
        <source>No setting is about “%1”.</source>
        <translation>No setting is about “%1”.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>This computer</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
</context>
<context>
    <name>SettingsPeers</name>
    <message>
        <source>Sync with other computers</source>
        <translation>Sync with other computers</translation>
    </message>
    <message>
        <source>Ratings, plays and playlists, with computers that you pair under Devices. Nobody else is let in.</source>
        <translation>Ratings, plays and playlists, with computers that you pair under Devices. Nobody else is let in.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>Computers</translation>
    </message>
    <message>
        <source>Which ones, what they may see, and when they synced.</source>
        <translation>Which ones, what they may see, and when they synced.</translation>
    </message>
    <message>
        <source>Pair and manage</source>
        <translation>Pair and manage</translation>
    </message>
</context>
<context>
    <name>SettingsPlayback</name>
    <message>
        <source>Streaming quality</source>
        <translation>Streaming quality</translation>
    </message>
    <message>
        <source>The most of your connection that a film may take. Original sends the file as it is.</source>
        <translation>The most of your connection that a film may take. Original sends the file as it is.</translation>
    </message>
    <message>
        <source>Sound of films</source>
        <translation>Sound of films</translation>
    </message>
    <message>
        <source>Even loudness makes films as loud as each other; night also keeps loud scenes down. The server encodes the sound anew for it.</source>
        <translation>Even loudness makes films as loud as each other; night also keeps loud scenes down. The server encodes the sound anew for it.</translation>
    </message>
    <message>
        <source>HDR films in a window of their own</source>
        <translation>HDR films in a window of their own</translation>
    </message>
    <message>
        <source>For displays that show HDR. Elsewhere films in HDR are fitted to the display's usual range.</source>
        <translation>For displays that show HDR. Elsewhere films in HDR are fitted to the display's usual range.</translation>
    </message>
</context>
<context>
    <name>SettingsServer</name>
    <message>
        <source>%1 was added and is being read.</source>
        <translation>%1 was added and is being read.</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Choose a folder</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Libraries</translation>
    </message>
    <message>
        <source>Folders of films, series or music on the server's computer. Removing one leaves its files as they are.</source>
        <translation>Folders of films, series or music on the server's computer. Removing one leaves its files as they are.</translation>
    </message>
    <message>
        <source>Scan %1 again</source>
        <translation>Scan %1 again</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Remove %1</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Remove %1?</translation>
    </message>
    <message>
        <source>Its titles are no longer listed. The files in the folder stay.</source>
        <translation>Its titles are no longer listed. The files in the folder stay.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>/srv/media/Films</source>
        <translation>/srv/media/Films</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Browse…</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Playing now</source>
        <translation>Playing now</translation>
    </message>
    <message>
        <source>Nobody plays anything.</source>
        <translation>Nobody plays anything.</translation>
    </message>
    <message>
        <source>Who plays what, and how it reaches them.</source>
        <translation>Who plays what, and how it reaches them.</translation>
    </message>
    <message>
        <source>End %1</source>
        <translation>End %1</translation>
    </message>
    <message>
        <source>Work in the background</source>
        <translation>Work in the background</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>There is none.</translation>
    </message>
    <message>
        <source>The latest first.</source>
        <translation>The latest first.</translation>
    </message>
    <message>
        <source>Call off: %1</source>
        <translation>Call off: %1</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Storage</translation>
    </message>
    <message>
        <source>How much is used, and how full the disks are.</source>
        <translation>How much is used, and how full the disks are.</translation>
    </message>
</context>
<context>
    <name>SettingsServers</name>
    <message>
        <source>Servers</source>
        <translation>Servers</translation>
    </message>
    <message>
        <source>Change between them without signing in anew.</source>
        <translation>Change between them without signing in anew.</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 on %2</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>Switch</translation>
    </message>
    <message>
        <source>Switch to %1</source>
        <translation>Switch to %1</translation>
    </message>
    <message>
        <source>Forget %1</source>
        <translation>Forget %1</translation>
    </message>
    <message>
        <source>casa.example or 192.168.1.20:8470</source>
        <translation>casa.example or 192.168.1.20:8470</translation>
    </message>
    <message>
        <source>Address of another server</source>
        <translation>Address of another server</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Its own folders, without a server</source>
        <translation>Its own folders, without a server</translation>
    </message>
    <message>
        <source>Show a title once</source>
        <translation>Show a title once</translation>
    </message>
    <message>
        <source>A search looks in all of these, and films, series, albums and artists stand in one list. What several have is shown once and plays from the nearest, and all of them know where you stopped. Off, they are kept apart.</source>
        <translation>A search looks in all of these, and films, series, albums and artists stand in one list. What several have is shown once and plays from the nearest, and all of them know where you stopped. Off, they are kept apart.</translation>
    </message>
</context>
<context>
    <name>SettingsSharing</name>
    <message>
        <source>Share on the network</source>
        <translation>Share on the network</translation>
    </message>
    <message>
        <source>Others nearby sign in with a code that you give them. Turning it off ends what they play.</source>
        <translation>Others nearby sign in with a code that you give them. Turning it off ends what they play.</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>One moment…</translation>
    </message>
    <message>
        <source>The way in</source>
        <translation>The way in</translation>
    </message>
    <message>
        <source>Address, name and code are typed on the other device. The pin is the certificate's: what the other device shows is the same.</source>
        <translation>Address, name and code are typed on the other device. The pin is the certificate's: what the other device shows is the same.</translation>
    </message>
    <message>
        <source>This computer is on no network.</source>
        <translation>This computer is on no network.</translation>
    </message>
    <message>
        <source>The address as a QR code</source>
        <translation>The address as a QR code</translation>
    </message>
    <message>
        <source>Name: %1</source>
        <translation>Name: %1</translation>
    </message>
    <message>
        <source>Code: %1</source>
        <translation>Code: %1</translation>
    </message>
    <message>
        <source>Good once, for ten minutes.</source>
        <translation>Good once, for ten minutes.</translation>
    </message>
    <message>
        <source>Show a code</source>
        <translation>Show a code</translation>
    </message>
    <message>
        <source>Another code</source>
        <translation>Another code</translation>
    </message>
    <message>
        <source>Pin: %1</source>
        <translation>Pin: %1</translation>
    </message>
    <message>
        <source>What is shared</source>
        <translation>What is shared</translation>
    </message>
    <message>
        <source>Folders that are not chosen are not seen by others.</source>
        <translation>Folders that are not chosen are not seen by others.</translation>
    </message>
    <message>
        <source>Who is signed in</source>
        <translation>Who is signed in</translation>
    </message>
    <message>
        <source>Nobody yet.</source>
        <translation>Nobody yet.</translation>
    </message>
    <message>
        <source>Whom you sign out is out at once.</source>
        <translation>Whom you sign out is out at once.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>Sign out %1</source>
        <translation>Sign out %1</translation>
    </message>
</context>
<context>
    <name>SettingsSound</name>
    <message>
        <source>Device</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>Where the sound comes out.</source>
        <translation>Where the sound comes out.</translation>
    </message>
    <message>
        <source>Device: %1</source>
        <translation>Device: %1</translation>
    </message>
    <message>
        <source>For Marea alone</source>
        <translation>For Marea alone</translation>
    </message>
    <message>
        <source>Other programs are silent while something plays, and the sound reaches the device unmixed.</source>
        <translation>Other programs are silent while something plays, and the sound reaches the device unmixed.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>To the receiver as it is</source>
        <translation>To the receiver as it is</translation>
    </message>
    <message>
        <source>Sound that your receiver decodes by itself. The equaliser does not change it.</source>
        <translation>Sound that your receiver decodes by itself. The equaliser does not change it.</translation>
    </message>
    <message>
        <source>Loudness of music</source>
        <translation>Loudness of music</translation>
    </message>
    <message>
        <source>By the gains in the files (ReplayGain).</source>
        <translation>By the gains in the files (ReplayGain).</translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>Equaliser</translation>
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
        <translation>Cross-fade</translation>
    </message>
    <message>
        <source>One track goes over into the next. An album in its order stays as it was made.</source>
        <translation>One track goes over into the next. An album in its order stays as it was made.</translation>
    </message>
    <message>
        <source>Not while the device is for Marea alone, or the receiver decodes the sound.</source>
        <translation>Not while the device is for Marea alone, or the receiver decodes the sound.</translation>
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
        <translation>As it is</translation>
    </message>
    <message>
        <source>Even loudness</source>
        <translation>Even loudness</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Night</translation>
    </message>
</context>
<context>
    <name>SharingViewModel</name>
    <message>
        <source>seen %1</source>
        <translation>seen %1</translation>
    </message>
</context>
<context>
    <name>ShowPage</name>
    <message>
        <source>Episodes</source>
        <translation>Episodes</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Remove from favourites</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Add to favourites</translation>
    </message>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <source>Trailer</source>
        <translation>Trailer</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Sections</source>
        <translation>Sections</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Open file…</translation>
    </message>
    <message>
        <source>Playlists</source>
        <translation>Playlists</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Find your server</source>
        <translation>Find your server</translation>
    </message>
    <message>
        <source>Set up %1</source>
        <translation>Set up %1</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Sign in to %1</translation>
    </message>
    <message>
        <source>The address of the computer that Marea's server runs on.</source>
        <translation>The address of the computer that Marea's server runs on.</translation>
    </message>
    <message>
        <source>Choose the name and the password of its owner.</source>
        <translation>Choose the name and the password of its owner.</translation>
    </message>
    <message>
        <source>This system has no keychain, so you will sign in again at the next start.</source>
        <translation>This system has no keychain, so you will sign in again at the next start.</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Open file…</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Another server</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>Server address</translation>
    </message>
    <message>
        <source>casa.example or 192.168.1.20:8470</source>
        <translation>casa.example or 192.168.1.20:8470</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connecting…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Signing in…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Setup code</source>
        <translation>Setup code</translation>
    </message>
    <message>
        <source>Setting up…</source>
        <translation>Setting up…</translation>
    </message>
    <message>
        <source>Create owner</source>
        <translation>Create owner</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Connecting to %1…</translation>
    </message>
    <message>
        <source>No server yet? Start marea-server on the computer with your films and music. It prints this address.</source>
        <translation>No server yet? Start marea-server on the computer with your films and music. It prints this address.</translation>
    </message>
    <message>
        <source>Go on in the browser…</source>
        <translation>Go on in the browser…</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Sign in with the browser</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Open the page again</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Sign in here with a password</source>
        <translation>Sign in here with a password</translation>
    </message>
    <message>
        <source>Opening this computer's library…</source>
        <translation>Opening this computer's library…</translation>
    </message>
    <message>
        <source>Use a server instead</source>
        <translation>Use a server instead</translation>
    </message>
    <message>
        <source>Which folders?</source>
        <translation>Which folders?</translation>
    </message>
    <message>
        <source>Films, series and music in them are your library. Nothing in them is changed.</source>
        <translation>Films, series and music in them are your library. Nothing in them is changed.</translation>
    </message>
    <message>
        <source>Use films and music on this computer</source>
        <translation>Use films and music on this computer</translation>
    </message>
</context>
<context>
    <name>SmallControls</name>
    <message>
        <source>10 seconds back</source>
        <translation>10 seconds back</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>10 seconds on</source>
        <translation>10 seconds on</translation>
    </message>
    <message>
        <source>Back to the large window</source>
        <translation>Back to the large window</translation>
    </message>
</context>
<context>
    <name>SmartFields</name>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artist</translation>
    </message>
    <message>
        <source>Album artist</source>
        <translation>Album artist</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minutes</translation>
    </message>
    <message>
        <source>Rating, of 10</source>
        <translation>Rating, of 10</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Plays</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>Favourite</translation>
    </message>
    <message>
        <source>Watched</source>
        <translation>Watched</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begun</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>Last played</source>
        <translation>Last played</translation>
    </message>
    <message>
        <source>is</source>
        <translation>is</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>is not</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>contains</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>does not contain</translation>
    </message>
    <message>
        <source>begins with</source>
        <translation>begins with</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>at least</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>at most</translation>
    </message>
    <message>
        <source>from – to</source>
        <translation>from – to</translation>
    </message>
    <message>
        <source>in the last days</source>
        <translation>in the last days</translation>
    </message>
    <message>
        <source>not in the last days</source>
        <translation>not in the last days</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>yes</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>film</source>
        <translation>film</translation>
    </message>
    <message>
        <source>episode</source>
        <translation>episode</translation>
    </message>
    <message>
        <source>video</source>
        <translation>video</translation>
    </message>
    <message>
        <source>track</source>
        <translation>track</translation>
    </message>
</context>
<context>
    <name>SmartRuleRow</name>
    <message>
        <source>A rule that is not edited here; it is kept.</source>
        <translation>A rule that is not edited here; it is kept.</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparison</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>2000 – 2010</source>
        <translation>2000 – 2010</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Days</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>Remove this rule</translation>
    </message>
</context>
<context>
    <name>SmartRulesViewModel</name>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Rating</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Plays</translation>
    </message>
    <message>
        <source>Last played</source>
        <translation>Last played</translation>
    </message>
    <message>
        <source>More than %1 titles</source>
        <translation>More than %1 titles</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) now</source>
        <translation>
            <numerusform>%n title now</numerusform>
            <numerusform>%n titles now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SmartSheet</name>
    <message>
        <source>Rules</source>
        <translation>Rules</translation>
    </message>
    <message>
        <source>New smart playlist</source>
        <translation>New smart playlist</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>All rules</source>
        <translation>All rules</translation>
    </message>
    <message>
        <source>Any rule</source>
        <translation>Any rule</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>Add a rule</translation>
    </message>
    <message>
        <source>Sorted by %1</source>
        <translation>Sorted by %1</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sort by</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Ascending</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Descending</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>at most</translation>
    </message>
    <message>
        <source>At most so many titles</source>
        <translation>At most so many titles</translation>
    </message>
    <message>
        <source>Fill in each rule.</source>
        <translation>Fill in each rule.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Create</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>SortFilterBar</name>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Recently added</source>
        <translation>Recently added</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>Sorted by %1</source>
        <translation>Sorted by %1</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sort by</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Artist</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
</context>
<context>
    <name>StarRating</name>
    <message>
        <source>Not rated</source>
        <translation>Not rated</translation>
    </message>
    <message>
        <source>%1 of 5 stars</source>
        <translation>%1 of 5 stars</translation>
    </message>
</context>
<context>
    <name>Stars</name>
    <message>
        <source>%1 of 5</source>
        <translation>%1 of 5</translation>
    </message>
</context>
<context>
    <name>StatisticsView</name>
    <message>
        <source>Leave the sound as it is</source>
        <translation>Leave the sound as it is</translation>
    </message>
    <message>
        <source>Take the limit away</source>
        <translation>Take the limit away</translation>
    </message>
    <message>
        <source>Then the server sends it as it is, where this computer can play that.</source>
        <translation>Then the server sends it as it is, where this computer can play that.</translation>
    </message>
</context>
<context>
    <name>StoreHead</name>
    <message>
        <source>Store</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>Selling</source>
        <translation>Selling</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Purchases</translation>
    </message>
    <message>
        <source>Search the store</source>
        <translation>Search the store</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Price</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Currency</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Clear filters</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>Staff picks</source>
        <translation>Staff picks</translation>
    </message>
    <message>
        <source>New</source>
        <translation>New</translation>
    </message>
    <message>
        <source>Best-selling</source>
        <translation>Best-selling</translation>
    </message>
    <message>
        <source>Nothing is for sale yet.</source>
        <translation>Nothing is for sale yet.</translation>
    </message>
    <message>
        <source>Put a library up for sale, and make products of what is in it.</source>
        <translation>Put a library up for sale, and make products of what is in it.</translation>
    </message>
    <message>
        <source>Sell something</source>
        <translation>Sell something</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>StoreTexts</name>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>Season</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>Bundle</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Track</translation>
    </message>
    <message>
        <source>Audiobook</source>
        <translation>Audiobook</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
    <message numerus="yes">
        <source>%n track(s)</source>
        <translation>
            <numerusform>%n track</numerusform>
            <numerusform>%n tracks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n episode(s)</source>
        <translation>
            <numerusform>%n episode</numerusform>
            <numerusform>%n episodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n title</numerusform>
            <numerusform>%n titles</numerusform>
        </translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>Not sold</source>
        <translation>Not sold</translation>
    </message>
    <message>
        <source>Pay what you like</source>
        <translation>Pay what you like</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>From %1</translation>
    </message>
    <message>
        <source>Order ahead. It comes on %1.</source>
        <translation>Order ahead. It comes on %1.</translation>
    </message>
    <message>
        <source>%1 % off until %2</source>
        <translation>%1 % off until %2</translation>
    </message>
    <message>
        <source>Refund on its way</source>
        <translation>Refund on its way</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Given</translation>
    </message>
    <message>
        <source>Bought</source>
        <translation>Bought</translation>
    </message>
    <message>
        <source>Comes on %1</source>
        <translation>Comes on %1</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Refunded</translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation>Not paid</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>Waiting for payment</source>
        <translation>Waiting for payment</translation>
    </message>
    <message>
        <source>Credit</source>
        <translation>Credit</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Card</translation>
    </message>
</context>
<context>
    <name>StoreViewModel</name>
    <message>
        <source>Everything</source>
        <translation>Everything</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Albums</translation>
    </message>
    <message>
        <source>Films and tracks</source>
        <translation>Films and tracks</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Series</translation>
    </message>
    <message>
        <source>Bundles</source>
        <translation>Bundles</translation>
    </message>
    <message>
        <source>Any genre</source>
        <translation>Any genre</translation>
    </message>
    <message>
        <source>Any price</source>
        <translation>Any price</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>Up to %1</source>
        <translation>Up to %1</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Newest first</translation>
    </message>
    <message>
        <source>Best-selling first</source>
        <translation>Best-selling first</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>By title</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanish</translation>
    </message>
    <message>
        <source>French</source>
        <translation>French</translation>
    </message>
    <message>
        <source>German</source>
        <translation>German</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italian</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portuguese</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japanese</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinese</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russian</translation>
    </message>
    <message>
        <source>Catalan</source>
        <translation>Catalan</translation>
    </message>
    <message numerus="yes">
        <source>%n track(s)</source>
        <translation>
            <numerusform>%n track</numerusform>
            <numerusform>%n tracks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n season(s)</source>
        <translation>
            <numerusform>%n season</numerusform>
            <numerusform>%n seasons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n album(s)</source>
        <translation>
            <numerusform>%n album</numerusform>
            <numerusform>%n albums</numerusform>
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
        <translation>Stereo</translation>
    </message>
    <message>
        <source>%1 channels</source>
        <translation>%1 channels</translation>
    </message>
    <message>
        <source>SD</source>
        <translation>SD</translation>
    </message>
    <message>
        <source>S%1 E%2</source>
        <translation>S%1 E%2</translation>
    </message>
    <message>
        <source>Episode %1</source>
        <translation>Episode %1</translation>
    </message>
    <message>
        <source>Transcoded</source>
        <translation>Transcoded</translation>
    </message>
    <message>
        <source>Repackaged</source>
        <translation>Repackaged</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direct</translation>
    </message>
    <message>
        <source>Unknown language</source>
        <translation>Unknown language</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>forced</translation>
    </message>
    <message>
        <source>Couldn't reach the server. Check that it is running and that the address is right.</source>
        <translation>Couldn't reach the server. Check that it is running and that the address is right.</translation>
    </message>
    <message>
        <source>The server took too long to answer.</source>
        <translation>The server took too long to answer.</translation>
    </message>
    <message>
        <source>Too many tries. Wait a little, then try again.</source>
        <translation>Too many tries. Wait a little, then try again.</translation>
    </message>
    <message>
        <source>The sign-in has ended. Sign in again.</source>
        <translation>The sign-in has ended. Sign in again.</translation>
    </message>
    <message>
        <source>This is not here any more.</source>
        <translation>This is not here any more.</translation>
    </message>
    <message>
        <source>Something went wrong on the server. Try again.</source>
        <translation>Something went wrong on the server. Try again.</translation>
    </message>
    <message>
        <source>From this computer</source>
        <translation>From this computer</translation>
    </message>
    <message>
        <source>Season %1</source>
        <translation>Season %1</translation>
    </message>
    <message>
        <source>Specials</source>
        <translation>Specials</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>just now</source>
        <translation>just now</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>yesterday</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TitleActions</name>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n title</numerusform>
            <numerusform>%n titles</numerusform>
        </translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>Play next</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>Add to the queue</translation>
    </message>
    <message>
        <source>Add to playlist…</source>
        <translation>Add to playlist…</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>Remove from favourites</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>Add to favourites</translation>
    </message>
    <message>
        <source>Mark as not watched</source>
        <translation>Mark as not watched</translation>
    </message>
    <message>
        <source>Mark as watched</source>
        <translation>Mark as watched</translation>
    </message>
    <message>
        <source>Go to the album</source>
        <translation>Go to the album</translation>
    </message>
    <message>
        <source>Go to the artist</source>
        <translation>Go to the artist</translation>
    </message>
    <message>
        <source>Go to the series</source>
        <translation>Go to the series</translation>
    </message>
    <message>
        <source>Remove from this playlist</source>
        <translation>Remove from this playlist</translation>
    </message>
    <message>
        <source>There is nothing in it that can be played.</source>
        <translation>There is nothing in it that can be played.</translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) will play next.</source>
        <translation>
            <numerusform>%n title will play next.</numerusform>
            <numerusform>%n titles will play next.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n title(s) added to the queue.</source>
        <translation>
            <numerusform>%n title added to the queue.</numerusform>
            <numerusform>%n titles added to the queue.</numerusform>
        </translation>
    </message>
    <message>
        <source>Fix match…</source>
        <translation>Fix match…</translation>
    </message>
    <message>
        <source>Play from</source>
        <translation>Play from</translation>
    </message>
    <message>
        <source>Sell it…</source>
        <translation>Sell it…</translation>
    </message>
</context>
<context>
    <name>TitleGhost</name>
    <message numerus="yes">
        <source>%n title(s)</source>
        <translation>
            <numerusform>%n title</numerusform>
            <numerusform>%n titles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Forward</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Search films, series, music…</source>
        <translation>Search films, series, music…</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 on %2</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Needs attention</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Open file…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sign out</translation>
    </message>
</context>
<context>
    <name>TrackList</name>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Tracks</translation>
    </message>
</context>
<context>
    <name>TrackRow</name>
    <message>
        <source>Play %1</source>
        <translation>Play %1</translation>
    </message>
</context>
<context>
    <name>TrackTable</name>
    <message>
        <source>Artist</source>
        <translation>Artist</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>Genre</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Year</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Plays</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Rating</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Added</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Length</translation>
    </message>
    <message>
        <source>Tracks</source>
        <translation>Tracks</translation>
    </message>
    <message>
        <source>Nothing matches these filters.</source>
        <translation>Nothing matches these filters.</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Clear filters</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>TrackTableHead</name>
    <message>
        <source>%1, descending</source>
        <translation>%1, descending</translation>
    </message>
    <message>
        <source>%1, ascending</source>
        <translation>%1, ascending</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columns</translation>
    </message>
</context>
<context>
    <name>TrackTableRow</name>
    <message>
        <source>Play %1</source>
        <translation>Play %1</translation>
    </message>
</context>
<context>
    <name>TrayIcon</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Play</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Show Marea</source>
        <translation>Show Marea</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quit</translation>
    </message>
</context>
<context>
    <name>TuningViewModel</name>
    <message>
        <source>Saved as %1</source>
        <translation>Saved as %1</translation>
    </message>
    <message>
        <source>The picture could not be saved.</source>
        <translation>The picture could not be saved.</translation>
    </message>
    <message>
        <source>Sleep timer</source>
        <translation>Sleep timer</translation>
    </message>
    <message>
        <source>A–B</source>
        <translation>A–B</translation>
    </message>
    <message>
        <source>Save this picture</source>
        <translation>Save this picture</translation>
    </message>
    <message>
        <source>Sound delay</source>
        <translation>Sound delay</translation>
    </message>
    <message>
        <source>Equaliser</source>
        <translation>Equaliser</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>Subtitles</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Delay</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Colour</translation>
    </message>
    <message>
        <source>Behind the words</source>
        <translation>Behind the words</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Own</source>
        <translation>Own</translation>
    </message>
    <message>
        <source>Repeat a part from here</source>
        <translation>Repeat a part from here</translation>
    </message>
    <message>
        <source>Repeat up to here</source>
        <translation>Repeat up to here</translation>
    </message>
    <message>
        <source>Repeat it no more</source>
        <translation>Repeat it no more</translation>
    </message>
    <message>
        <source>%1 to %2, again and again</source>
        <translation>%1 to %2, again and again</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>From %1</translation>
    </message>
    <message>
        <source>No longer repeated</source>
        <translation>No longer repeated</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>At the end of this</source>
        <translation>At the end of this</translation>
    </message>
    <message numerus="yes">
        <source>In %n minute(s)</source>
        <translation>
            <numerusform>In %n minute</numerusform>
            <numerusform>In %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>As the system has it</translation>
    </message>
    <message>
        <source>%1k</source>
        <translation>%1k</translation>
    </message>
    <message>
        <source>None</source>
        <translation>None</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>Small</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Usual</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>Very large</source>
        <translation>Very large</translation>
    </message>
    <message>
        <source>White</source>
        <translation>White</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Yellow</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grey</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blue</translation>
    </message>
    <message>
        <source>An edge</source>
        <translation>An edge</translation>
    </message>
    <message>
        <source>A veil</source>
        <translation>A veil</translation>
    </message>
    <message>
        <source>A black box</source>
        <translation>A black box</translation>
    </message>
    <message>
        <source>At the foot</source>
        <translation>At the foot</translation>
    </message>
    <message>
        <source>Higher</source>
        <translation>Higher</translation>
    </message>
    <message>
        <source>At the top</source>
        <translation>At the top</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>As it is</translation>
    </message>
    <message>
        <source>Each track alike</source>
        <translation>Each track alike</translation>
    </message>
    <message>
        <source>Each album alike</source>
        <translation>Each album alike</translation>
    </message>
    <message>
        <source>More bass</source>
        <translation>More bass</translation>
    </message>
    <message>
        <source>More treble</source>
        <translation>More treble</translation>
    </message>
    <message>
        <source>Clear voices</source>
        <translation>Clear voices</translation>
    </message>
    <message>
        <source>Listening softly</source>
        <translation>Listening softly</translation>
    </message>
    <message>
        <source>Small speakers</source>
        <translation>Small speakers</translation>
    </message>
    <message>
        <source>what a server would have to encode, and protected titles</source>
        <translation>what a server would have to encode, and protected titles</translation>
    </message>
    <message>
        <source>HDR</source>
        <translation>HDR</translation>
    </message>
    <message>
        <source>subtitles in files of their own</source>
        <translation>subtitles in files of their own</translation>
    </message>
    <message>
        <source>the look of subtitles</source>
        <translation>the look of subtitles</translation>
    </message>
    <message>
        <source>chapters of files on this computer</source>
        <translation>chapters of files on this computer</translation>
    </message>
    <message>
        <source>delays of sound and subtitles</source>
        <translation>delays of sound and subtitles</translation>
    </message>
    <message>
        <source>repeating a part</source>
        <translation>repeating a part</translation>
    </message>
    <message>
        <source>albums without gaps</source>
        <translation>albums without gaps</translation>
    </message>
    <message>
        <source>cross-fade</source>
        <translation>cross-fade</translation>
    </message>
    <message>
        <source>the equaliser</source>
        <translation>the equaliser</translation>
    </message>
    <message>
        <source>even loudness of music</source>
        <translation>even loudness of music</translation>
    </message>
    <message>
        <source>a device for Marea alone</source>
        <translation>a device for Marea alone</translation>
    </message>
    <message>
        <source>sound to the receiver as it is</source>
        <translation>sound to the receiver as it is</translation>
    </message>
    <message>
        <source>Not with %1, which plays here. libmpv can.</source>
        <translation>Not with %1, which plays here. libmpv can.</translation>
    </message>
    <message>
        <source>Left out without libmpv: %1.</source>
        <translation>Left out without libmpv: %1.</translation>
    </message>
</context>
<context>
    <name>VoucherCodesSheet</name>
    <message>
        <source>New vouchers</source>
        <translation>New vouchers</translation>
    </message>
    <message>
        <source>They are shown this once. Keep them in a file before you close this.</source>
        <translation>They are shown this once. Keep them in a file before you close this.</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>Save as CSV…</translation>
    </message>
    <message>
        <source>Save the vouchers</source>
        <translation>Save the vouchers</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>VoucherField</name>
    <message>
        <source>Voucher code</source>
        <translation>Voucher code</translation>
    </message>
    <message>
        <source>Redeem</source>
        <translation>Redeem</translation>
    </message>
</context>
<context>
    <name>Wallet</name>
    <message>
        <source>%1 of credit came.</source>
        <translation>%1 of credit came.</translation>
    </message>
    <message>
        <source>There is no such voucher, or it was used.</source>
        <translation>There is no such voucher, or it was used.</translation>
    </message>
</context>
<context>
    <name>WorkButton</name>
    <message numerus="yes">
        <source>%n file(s) need attention</source>
        <translation>
            <numerusform>%n file needs attention</numerusform>
            <numerusform>%n files need attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Running: %n</source>
        <translation>
            <numerusform>Running: %n</numerusform>
            <numerusform>Running: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkTray</name>
    <message>
        <source>Running</source>
        <translation>Running</translation>
    </message>
    <message>
        <source>Go on: %1</source>
        <translation>Go on: %1</translation>
    </message>
    <message>
        <source>Pause: %1</source>
        <translation>Pause: %1</translation>
    </message>
    <message>
        <source>Call off: %1</source>
        <translation>Call off: %1</translation>
    </message>
</context>
<context>
    <name>ServersNearby</name>
    <message>
        <source>On this network</source>
        <translation>On this network</translation>
    </message>
    <message>
        <source>Says that it is %1, which you know at %2. Marea cannot make sure of that. Go there only if you know that it has moved; you sign in anew.</source>
        <translation>Says that it is %1, which you know at %2. Marea cannot make sure of that. Go there only if you know that it has moved; you sign in anew.</translation>
    </message>
    <message>
        <source>Says that it is %1, but does not have its certificate. Take it for another one.</source>
        <translation>Says that it is %1, but does not have its certificate. Take it for another one.</translation>
    </message>
</context>
<context>
    <name>ReachCard</name>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Unreached</name>
    <message>
        <source>Couldn't reach %1. What the others have is shown.</source>
        <translation>Couldn't reach %1. What the others have is shown.</translation>
    </message>
</context>
<context>
    <name>RepeatButton</name>
    <message>
        <source>Repeat: off</source>
        <translation>Repeat: off</translation>
    </message>
    <message>
        <source>Repeat: all</source>
        <translation>Repeat: all</translation>
    </message>
    <message>
        <source>Repeat: this one</source>
        <translation>Repeat: this one</translation>
    </message>
</context>
<context>
    <name>ShuffleButton</name>
    <message>
        <source>Shuffle: on</source>
        <translation>Shuffle: on</translation>
    </message>
    <message>
        <source>Shuffle: off</source>
        <translation>Shuffle: off</translation>
    </message>
</context>
</TS>
