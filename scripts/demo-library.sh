#!/usr/bin/env bash
# demo-library.sh FOLDER: makes two short films and an album with the ffmpeg tools. Everything is computed: no
# download, no font needed. Does nothing when it was already made.
set -euo pipefail

version=1
target=${1:?usage: demo-library.sh FOLDER}
[ "$(cat "$target/.made" 2>/dev/null)" != "$version" ] || exit 0

mkdir -p "$(dirname "$target")"
work=$(mktemp -d "$(dirname "$target")/.demo-XXXXXX")
trap 'rm -rf "$work"' EXIT
films="$work/Films" music="$work/Music" parts="$work/parts"
mkdir -p "$films" "$music" "$parts"

quiet() { ffmpeg -hide_banner -loglevel error -nostdin -y "$@"; }

# A tune as an aevalsrc expression: plucked notes, one each STEP seconds, from a list of semitones above BASE Hz.
tune() {
    local base=$1 step=$2 decay=$3 semitone count i pitch=0
    shift 3
    count=$#
    i=0
    for semitone in "$@"; do
        pitch="$pitch+eq(ld(0),$i)*$semitone"
        i=$((i + 1))
    done
    printf 'st(0,mod(floor(t/%s),%s));st(1,mod(t,%s));st(2,%s*pow(2,(%s)/12));' "$step" "$count" "$step" "$base" "$pitch"
    printf '(0.34*sin(2*PI*ld(2)*t)+0.12*sin(4*PI*ld(2)*t)+0.05*sin(6*PI*ld(2)*t))*exp(-%s*ld(1))*min(1,ld(1)*200)' "$decay"
}

# music FILE SECONDS CHORD-HZ TUNE-ARGUMENTS…: a pad of three soft voices below a tune, with an echo.
music() {
    local file=$1 seconds=$2 chord=$3
    shift 3
    local pad="0.07*(sin(2*PI*$chord*t)+sin(2*PI*$chord*1.5*t+sin(t))+sin(2*PI*$chord*2.003*t))*(0.7+0.3*sin(0.6*t))"
    quiet -f lavfi -i "aevalsrc='$(tune "$@")+$pad':s=24000:d=$seconds" \
        -af "aecho=0.8:0.7:190|370:0.35|0.22,aresample=48000,aformat=channel_layouts=stereo,extrastereo=1.4,afade=t=in:d=0.4,afade=t=out:st=$((seconds - 3)):d=3,alimiter=limit=0.8" \
        -c:a pcm_s16le "$file"
}

# scene FILE SECONDS SOURCE FILTER: one lossless-looking part of a film, 960×540 at 24 frames a second.
scene() {
    quiet -f lavfi -i "$3" -t "$2" -vf "$4,scale=960:540:flags=bicubic,setsar=1,fps=24,format=yuv420p" \
        -c:v libx264 -preset ultrafast -crf 12 "$1"
}

# Slow colour fields and waves are computed at a few pixels and enlarged: the smoothness is what one wants of them.
dawn="geq=r='90+130*exp(-pow((Y/H-0.72+0.02*sin(T+X/30)),2)*9)+20*sin(X/40+T/2)':g='60+90*exp(-pow((Y/H-0.78),2)*14)+30*Y/H+10*sin(X/25-T/3)':b='120+70*(1-Y/H)+25*sin(X/50+Y/20+T/2)'"
sea="geq=r='45+70*pow(max(0,sin(Y/9+sin(X/23+T)*1.6+T*0.9)),4)+25*sin(X/60+T/4)':g='90+60*sin(Y/17+sin(X/31-T*0.7)*1.8+T)+25*Y/H':b='140+70*sin(Y/29+X/70+T*0.6)'"
night="geq=r='14+60*pow(max(0,sin(X/37+sin(Y/19+T*0.4)*2+T*0.3)),3)*(1-Y/H)':g='22+150*pow(max(0,sin(X/29-T*0.35+sin(Y/23)*1.5)),3)*(1-Y/H)':b='50+90*pow(max(0,sin(X/43+T*0.25)),2)*(1-Y/H)'"

film_parts() {
    scene "$parts/1.mkv" 20 "color=black:s=160x90:r=24,format=gbrp" "$dawn" &
    scene "$parts/2.mkv" 20 "color=black:s=160x90:r=24,format=gbrp" "$sea" &
    wait
    scene "$parts/3.mkv" 20 "mandelbrot=s=480x270:r=24:maxiter=220:start_x=-0.7436438870371587:start_y=-0.1318259043091893:start_scale=0.9:end_scale=0.004:end_pts=480:inner=black" "hue=h=200+6*t:s=0.75,gblur=sigma=0.7" &
    scene "$parts/4.mkv" 18 "color=black:s=160x90:r=24,format=gbrp" "$night" &
    music "$parts/en.wav" 75 110 330 0.5 3.2 0 4 7 12 11 7 4 2 0 5 9 12 14 12 9 5
    music "$parts/es.wav" 75 82.4 329.6 0.25 5 0 1 4 5 7 5 4 1 0 4 7 8 10 8 7 4
    wait
}

subtitles() {
    local language=$1 n=0 at line
    shift
    for line in "$@"; do
        at=$((2 + n * 9))
        n=$((n + 1))
        printf '%d\n00:%02d:%02d,000 --> 00:%02d:%02d,500\n%s\n\n' "$n" $((at / 60)) $((at % 60)) \
            $(((at + 5) / 60)) $(((at + 5) % 60)) "$line"
    done >"$parts/$language.srt"
}

chapters() {
    printf ';FFMETADATA1\ntitle=Tides\ndate=2024\n'
    local start=0 name
    for name in Dawn "The sea" "Deep water" "Night lights"; do
        local end=$((start + 19))
        [ "$name" != "Night lights" ] || end=75
        printf '[CHAPTER]\nTIMEBASE=1/1\nSTART=%d\nEND=%d\ntitle=%s\n' "$start" "$end" "$name"
        start=$end
    done
}

# Four scenes that melt into each other; two languages of sound and of subtitles.
first_film() {
    local folder="$films/Tides (2024)"
    mkdir -p "$folder"
    film_parts
    subtitles en "Nothing here was filmed." "Every picture is a formula." "Waves are sines, one upon another." \
        "Look closer, and it goes on." "And closer." "It never repeats, and never ends." "Then the night comes." "Good night."
    subtitles es "Nada de esto fue filmado." "Cada imagen es una fórmula." "Las olas son senos, uno sobre otro." \
        "Mira más de cerca, y continúa." "Y más cerca." "Nunca se repite, y nunca termina." "Luego llega la noche." "Buenas noches."
    chapters >"$parts/chapters.txt"
    quiet -i "$parts/1.mkv" -i "$parts/2.mkv" -i "$parts/3.mkv" -i "$parts/4.mkv" -i "$parts/en.wav" -i "$parts/es.wav" \
        -i "$parts/en.srt" -i "$parts/es.srt" -i "$parts/chapters.txt" -filter_complex \
        "[0:v][1:v]xfade=duration=1:offset=19[a];[a][2:v]xfade=duration=1:offset=38[b];[b][3:v]xfade=duration=1:offset=57,fade=in:d=1,fade=out:st=73:d=2[v]" \
        -map "[v]" -map 4:a -map 5:a -map 6:s -map 7:s -map_metadata 8 -map_chapters 8 -t 75 \
        -c:v libx264 -preset veryfast -crf 23 -g 48 -c:a aac -b:a 128k -c:s srt \
        -metadata:s:a:0 language=eng -metadata:s:a:0 title=English -metadata:s:a:1 language=spa -metadata:s:a:1 title=Español \
        -metadata:s:s:0 language=eng -metadata:s:s:0 title=English -metadata:s:s:1 language=spa -metadata:s:s:1 title=Español \
        -disposition:a:0 default -disposition:s:0 0 -disposition:s:1 0 "$folder/Tides (2024).mkv"
    poster "$folder/poster.jpg" 600x900 "0.62" "0.36"
}

# An MP4, which browsers play as it is, with its subtitles beside it.
second_film() {
    local folder="$films/Small Worlds (2023)"
    mkdir -p "$folder"
    quiet -f lavfi -i "life=s=160x90:r=12:mold=24:ratio=0.14:seed=9:death_color=#1b2f6b:life_color=#ffd9a0:mold_color=#0b1026" -t 24 \
        -vf "fps=24,scale=960:540:flags=neighbor,gblur=sigma=1.2,setsar=1,format=yuv420p,fade=in:d=1,fade=out:st=22:d=2" \
        -c:v libx264 -preset veryfast -crf 24 -g 48 "$parts/life.mkv" &
    music "$parts/life.wav" 24 98 392 0.375 4 0 7 3 10 7 12 10 5
    wait
    quiet -i "$parts/life.mkv" -i "$parts/life.wav" -t 24 -c:v copy -c:a aac -b:a 128k -metadata title="Small Worlds" -metadata date=2023 \
        -metadata:s:a:0 language=eng -movflags +faststart "$folder/Small Worlds (2023).mp4"
    head -n 8 "$parts/en.srt" | sed 's/Nothing here was filmed/Three neighbours make a life/;s/Every picture is a formula/Four are a crowd/' >"$folder/Small Worlds (2023).en.srt"
    head -n 8 "$parts/es.srt" | sed 's/Nada de esto fue filmado/Tres vecinos dan una vida/;s/Cada imagen es una fórmula/Cuatro ya son multitud/' >"$folder/Small Worlds (2023).es.srt"
    poster "$folder/poster.jpg" 600x900 "0.3" "0.55"
}

# poster FILE SIZE HUE SUN-HEIGHT: a sun over a sea, drawn by one expression per colour.
poster() {
    local disc="lt(hypot(X-W*0.5,Y-H*$4),W*0.22)" wave="(0.06*sin(X/W*14+Y/H*60)+0.06*sin(X/W*31-Y/H*44))" below="gt(Y,H*0.62)"
    quiet -f lavfi -i "color=black:s=$2:r=1:d=1,format=gbrp" -frames:v 1 -vf \
        "geq=r='255*clip(if($disc*not($below),0.98,if($below,0.10+0.25*(1-Y/H)+$wave+0.35*exp(-pow((X/W-0.5)*7,2))*(0.5+4*$wave),0.16+0.75*Y/H)),0,1)':g='255*clip(if($disc*not($below),0.86,if($below,0.22+0.25*(1-Y/H)+$wave+0.25*exp(-pow((X/W-0.5)*7,2))*(0.5+4*$wave),0.18+0.42*Y/H)),0,1)':b='255*clip(if($disc*not($below),0.62,if($below,0.38+0.2*(1-Y/H)+$wave,0.42+0.1*Y/H)),0,1)',hue=h=$3*120-60,format=yuvj420p" \
        -q:v 3 "$1"
}

album() {
    local folder="$music/The Tides/Low Water (2024)" n=0 title
    mkdir -p "$folder"
    poster "$folder/cover.jpg" 800x800 0.8 0.42
    music "$parts/t1.wav" 26 110 440 0.4 3 0 4 7 11 12 11 7 4 &
    music "$parts/t2.wav" 24 98 392 0.3 4 0 3 7 10 14 10 7 3
    wait
    music "$parts/t3.wav" 22 130.8 523.2 0.5 2.5 0 7 4 9 5 12 11 7 &
    music "$parts/t4.wav" 30 73.4 293.7 0.6 2 0 5 9 12 16 12 9 5 7 4
    wait
    for title in "First Light" "Undertow" "Sandbank" "Slack Water"; do
        n=$((n + 1))
        quiet -i "$parts/t$n.wav" -i "$folder/cover.jpg" -map 0:a -map 1:v -c:a flac -c:v copy -disposition:v attached_pic \
            -metadata title="$title" -metadata artist="The Tides" -metadata album_artist="The Tides" -metadata album="Low Water" \
            -metadata track="$n/4" -metadata disc=1/1 -metadata date=2024 -metadata genre=Ambient "$folder/$(printf '%02d' $n) $title.flac"
    done
}

echo "Making the demo library in $target (once)…" >&2
first_film
second_film
album
rm -rf "$parts"
printf '%s\n' "$version" >"$work/.made"
rm -rf "$target"
mv "$work" "$target"
chmod 755 "$target"
